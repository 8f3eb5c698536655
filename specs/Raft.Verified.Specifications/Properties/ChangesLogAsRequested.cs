using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property of the follower's side of replication: its log becomes the leader's log, and loses no entry that the
/// leader's log has. <see cref="LeaderAppendOnly"/> judges a leader's changes to its own log, except for the term of
/// the entries that it adds.
/// </summary>
public sealed class ChangesLogAsRequested : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(ChangesLogAsRequested);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.3 and 7, Figure 2 (AppendEntries RPC, receiver implementation 2 to 4), Figure 13; thesis, sections 3.5 and 5.1";

    /// <inheritdoc />
    public override string Statement =>
        "A leader adds entries only in its own term. Another server adds an entry only if the leader's "
            + "current request has the entry after one that is in the log. It deletes a suffix of its log only "
            + "from the first entry that conflicts with the request. It installs only the snapshot of the current "
            + "request, and only beyond its commit index.";

    /// <inheritdoc />
    public override string TlaName => "ChangesLogAsRequested";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.EntryAppended, RaftEventKind.LogTruncated, RaftEventKind.SnapshotInstalled];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ServerView server = view[e.Server];
        return e.Kind switch
        {
            RaftEventKind.EntryAppended => CheckAppend(server, e.Entry),
            RaftEventKind.LogTruncated => CheckTruncation(server, e.Index),
            _ => CheckInstallation(server, e.Snapshot),
        };
    }

    private static string? CheckAppend(ServerView server, LogEntry entry)
    {
        if (server.Role == Role.Leader)
        {
            return entry.Term == server.Term ? null : $"{server.Id}, leader of term {server.Term}, adds entry {entry} of another term to its log";
        }

        if (Requested(server, entry.Index) is not { } requested || !requested.IsSameAs(entry))
        {
            return $"{server.Id} adds entry {entry} to its log without a request for it; in hand: {InHand(server)}";
        }

        AppendEntries request = (AppendEntries)server.InHand!;
        return server.Log.TryTermAt(request.PrevLogIndex, out Term term) && term != request.PrevLogTerm
            ? $"{server.Id} adds entry {entry} to its log because of {InHand(server)}, but its log {server.Log.Describe(request.PrevLogIndex)}"
            : null;
    }

    private static string? CheckTruncation(ServerView server, LogIndex from)
    {
        if (Requested(server, from) is { } requested)
        {
            return server.Log[from] is { } own && own.Term == requested.Term
                ? $"{server.Id} deletes its entries from {own} to {server.Log.LastIndex} because of {InHand(server)}, which also has entry {own}"
                : null;
        }

        return $"{server.Id} deletes its entries from {from} to {server.Log.LastIndex} without a request that conflicts with them; in hand: {InHand(server)}";
    }

    private static string? CheckInstallation(ServerView server, Snapshot snapshot)
    {
        if (server.InHand is not InstallSnapshot { Done: true } chunk || chunk.Term != server.Term
            || chunk.LastIncludedIndex != snapshot.LastIncludedIndex || chunk.LastIncludedTerm != snapshot.LastIncludedTerm)
        {
            return $"{server.Id} installs {snapshot} without a request that completes it; in hand: {InHand(server)}";
        }

        return snapshot.LastIncludedIndex > server.CommitIndex
            ? null
            : $"{server.Id} installs {snapshot}, but has already committed entries through {server.CommitIndex}";
    }

    // The entry that the leader's request in hand has at an index; null when it has none.
    private static LogEntry? Requested(ServerView server, LogIndex index)
    {
        if (server.InHand is not AppendEntries request || request.Term != server.Term)
        {
            return null;
        }

        long offset = index.Value - request.PrevLogIndex.Value - 1;
        return (ulong)offset < (ulong)request.Entries.Length ? request.Entries.Span[(int)offset] : null;
    }

    private static string InHand(ServerView server) =>
        server.InHand is { } message ? $"\"{message}\" from {message.From}" : "nothing";
}
