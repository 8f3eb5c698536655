using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that a leader's log only grows at its end.</summary>
public sealed class LeaderAppendOnly : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(LeaderAppendOnly);

    /// <inheritdoc />
    public override string Source => "paper, section 5.3 and Figure 3; thesis, section 3.5";

    /// <inheritdoc />
    public override string Statement => "A leader never overwrites or deletes entries of its log; it only appends.";

    /// <inheritdoc />
    public override string TlaName => "LeaderAppendOnly";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.LogTruncated, RaftEventKind.EntryAppended, RaftEventKind.SnapshotInstalled];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ServerView server = view[e.Server];
        if (server.Role != Role.Leader)
        {
            return null;
        }

        return e.Kind switch
        {
            RaftEventKind.LogTruncated => $"{e.Server}, leader of term {server.Term}, deletes its entries from {e.Index} to {server.Log.LastIndex}",
            RaftEventKind.SnapshotInstalled =>
                $"{e.Server}, leader of term {server.Term}, replaces its log by a snapshot through {e.Index}, but its log {server.Log.Describe(e.Index)} there",
            _ => e.Index > server.Log.LastIndex
                ? null
                : $"{e.Server}, leader of term {server.Term}, overwrites its log: it {server.Log.Describe(e.Index)} and replaces that by {e.Subject}",
        };
    }
}
