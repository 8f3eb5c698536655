using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that no two servers apply or commit different entries at one index, and that no committed entry is
/// deleted.
/// </summary>
public sealed class StateMachineSafety : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(StateMachineSafety);

    /// <inheritdoc />
    public override string Source => "paper, section 5.4.3 and Figure 3; thesis, section 3.6";

    /// <inheritdoc />
    public override string Statement =>
        "If a server has applied or committed an entry at an index, no server applies or commits another "
            + "entry there. No server deletes an entry that it has committed.";

    /// <inheritdoc />
    public override string TlaName => "StateMachineSafety";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Applied, RaftEventKind.CommitAdvanced, RaftEventKind.LogTruncated];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view) => e.Kind switch
    {
        RaftEventKind.Applied => CheckApplied(in e, view),
        RaftEventKind.CommitAdvanced => CheckCommitted(in e, view),
        _ => e.Index > view[e.Server].CommitIndex
            ? null
            : $"{e.Server} deletes its entries from {e.Index} on, but has committed up to {view[e.Server].CommitIndex}",
    };

    private static string? CheckApplied(in RaftEvent e, ClusterView view)
    {
        LogEntry applied = e.Entry;
        if (e.Index > view.MaxCommitted)
        {
            return $"{e.Server} applies entry {applied}, but only entries up to {view.MaxCommitted} are committed anywhere";
        }

        return view.Committed(e.Index) is { } committed && !committed.IsSameAs(applied)
            ? $"{e.Server} applies entry {applied} {Bytes.Describe(applied.Command)}, but entry {committed} {Bytes.Describe(committed.Command)} "
                + $"was committed there in term {view.CommittedInTerm(e.Index)}"
            : null;
    }

    private static string? CheckCommitted(in RaftEvent e, ClusterView view)
    {
        ServerView server = view[e.Server];
        if (e.Index > server.Log.LastIndex)
        {
            return $"{e.Server} commits up to {e.Index}, but its log ends at {server.Log.LastIndex}";
        }

        LogIndex index = Facts.Higher(server.CommitIndex, server.Log.SnapshotIndex).Next();
        LogIndex last = Facts.Lower(e.Index, view.MaxCommitted);
        for (; index <= last; index = index.Next())
        {
            if (view.Committed(index) is { } committed && server.Log[index] is { } own && !committed.IsSameAs(own))
            {
                return $"{e.Server} commits up to {e.Index} and with it entry {own} {Bytes.Describe(own.Command)}, but entry {committed} "
                    + $"{Bytes.Describe(committed.Command)} was committed there in term {view.CommittedInTerm(index)}";
            }
        }

        return null;
    }
}
