using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// What a leader says in its requests is so, for as long as it leads: a leader only adds to its log and to what it knows to be committed, so that
/// a request which has waited for its turn is true when it leaves.
/// </summary>
public sealed class LeaderSendsItsLog : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(LeaderSendsItsLog);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.3 and 7, Figure 2 (AppendEntries RPC, arguments), Figure 13; thesis, section 3.5";

    /// <inheritdoc />
    public override string Statement =>
        "A leader's append request has a previous entry and entries of its log, in their order, and no higher commit index than its own; its snapshot "
            + "request, a snapshot that it has.";

    /// <inheritdoc />
    public override string TlaName => "LeaderSendsItsLog";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.MessageSent];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Subject is not (AppendEntries or InstallSnapshot))
        {
            return null;
        }

        Message message = (Message)e.Subject;
        ServerView leader = view[message.From];
        if (leader.Role != Role.Leader || leader.Term != message.Term)
        {
            return null;
        }

        return message is AppendEntries request ? CheckAppend(request, leader) : CheckSnapshot((InstallSnapshot)message, leader);
    }

    // What the leader has compacted since the request was made is not known any more.
    private static string? CheckAppend(AppendEntries request, ServerView leader)
    {
        LogView log = leader.Log;
        if (request.LeaderCommit > leader.CommitIndex)
        {
            return $"{leader.Id} sends \"{request}\" to {request.To}, but has committed no entry beyond {leader.CommitIndex}";
        }

        if (request.LastIndex > log.LastIndex)
        {
            return $"{leader.Id} sends \"{request}\" to {request.To}, but its log ends at {log.LastIndex}";
        }

        if (log.TryTermAt(request.PrevLogIndex, out Term term) && term != request.PrevLogTerm)
        {
            return $"{leader.Id} sends \"{request}\" to {request.To}, but its log {log.Describe(request.PrevLogIndex)}";
        }

        ReadOnlySpan<LogEntry> entries = request.Entries.Span;
        LogIndex index = request.PrevLogIndex;
        for (int i = 0; i < entries.Length; i++)
        {
            index = index.Next();
            if (entries[i].Index != index || (log[index] is { } own && !own.HasSameContentAs(entries[i])))
            {
                return $"{leader.Id} sends \"{request}\" with entry {entries[i]} at {index} to {request.To}, but its log {log.Describe(index)}";
            }
        }

        return null;
    }

    private static string? CheckSnapshot(InstallSnapshot request, ServerView leader)
    {
        LogView log = leader.Log;
        return request.LastIncludedIndex < log.SnapshotIndex
            || (request.LastIncludedIndex == log.SnapshotIndex && request.LastIncludedTerm == log.SnapshotTerm)
            ? null
            : $"{leader.Id} sends \"{request}\" to {request.To}, but has a snapshot through {log.SnapshotIndex}/{log.SnapshotTerm}";
    }
}
