using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a read without a log entry sees everything that was committed when the leader took it. It is
/// stronger than clients can observe, because it includes committed but unanswered entries.
/// </summary>
public sealed class LinearizableReads : SafetyProperty
{
    private List<(ReadRequest Read, LogIndex Committed)>? _taken;

    /// <inheritdoc />
    public override string Name => nameof(LinearizableReads);

    /// <inheritdoc />
    public override string Source => "paper, section 8; thesis, section 6.4";

    /// <inheritdoc />
    public override string Statement =>
        "A read is served from a state that contains every entry that any server knew to be committed when "
            + "the read was taken. The state contains no uncommitted entry.";

    /// <inheritdoc />
    public override string TlaName => "LinearizableReads";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.ReadTaken, RaftEventKind.ReadServed];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ReadRequest read = e.Read;
        if (e.Kind == RaftEventKind.ReadTaken)
        {
            (_taken ??= []).Add((read, view.MaxCommitted));
            return null;
        }

        if (e.Index > view.MaxCommitted)
        {
            return $"{e.Server} serves a read from the state after entry {e.Index}, but only entries up to {view.MaxCommitted} are committed";
        }

        int i = _taken?.FindIndex(taken => ReferenceEquals(taken.Read, read)) ?? -1;
        if (i < 0)
        {
            return $"{e.Server} serves a read that no leader has taken";
        }

        LogIndex committed = _taken![i].Committed;
        _taken.RemoveAt(i);
        return e.Index >= committed
            ? null
            : $"{e.Server} serves a read from the state after entry {e.Index}, but entries up to {committed} were committed when it was taken";
    }
}
