using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a leader's requests agree with its log while it leads. A leader only extends its log and its
/// committed prefix. So a request that has waited in a queue is still true when it is sent.
/// </summary>
public sealed class LeaderSendsItsLog : SafetyProperty
{
    // By leader: the last entry that its snapshot covered when it was elected.
    private LogIndex[] _snapshotWhenElected = [];

    /// <inheritdoc />
    public override string Name => nameof(LeaderSendsItsLog);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.3 and 7, Figure 2 (AppendEntries RPC, arguments), Figure 13; thesis, section 3.5";

    /// <inheritdoc />
    public override string Statement =>
        "A leader's append request has a previous entry and entries of its own log, in order, and no "
            + "higher commit index than its own. Its snapshot request has a snapshot that it holds, no older "
            + "than the one it had when it was elected.";

    /// <inheritdoc />
    public override string TlaName => "LeaderSendsItsLog";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.RoleChanged, RaftEventKind.MessageSent];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.RoleChanged)
        {
            if (e.Role == Role.Leader)
            {
                if (_snapshotWhenElected.Length == 0)
                {
                    _snapshotWhenElected = new LogIndex[view.Servers.Count];
                }

                _snapshotWhenElected[e.Server.Value - 1] = view[e.Server].Log.SnapshotIndex;
            }

            return null;
        }

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

    // Entries that the leader has compacted since it built the request cannot be compared any more.
    private static string? CheckAppend(AppendEntries request, ServerView leader)
    {
        LogView log = leader.Log;
        if (request.LeaderCommit > leader.CommitIndex)
        {
            return $"{leader.Id} sends \"{request}\" to {request.To}, but has committed no entry beyond {leader.CommitIndex}";
        }

        if (request.End() > log.LastIndex)
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
            if (entries[i].Index != index || (log[index] is { } own && !own.IsSameAs(entries[i])))
            {
                return $"{leader.Id} sends \"{request}\" with entry {entries[i]} at {index} to {request.To}, but its log {log.Describe(index)}";
            }
        }

        return null;
    }

    // The snapshot may be older than the leader's current one, which may have replaced it since the request was built.
    private string? CheckSnapshot(InstallSnapshot request, ServerView leader)
    {
        LogView log = leader.Log;
        LogIndex oldest = _snapshotWhenElected[leader.Id.Value - 1];
        if (request.LastIncludedIndex < oldest)
        {
            return $"{leader.Id} sends \"{request}\" to {request.To}, but had a snapshot through {oldest} when it was elected";
        }

        return request.LastIncludedIndex < log.SnapshotIndex
            || (request.LastIncludedIndex == log.SnapshotIndex && request.LastIncludedTerm == log.SnapshotTerm)
            ? null
            : $"{leader.Id} sends \"{request}\" to {request.To}, but has a snapshot through {log.SnapshotIndex}/{log.SnapshotTerm}";
    }
}
