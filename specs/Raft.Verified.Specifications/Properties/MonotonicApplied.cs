using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that a running server's state machine never goes back in the log.</summary>
public sealed class MonotonicApplied : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(MonotonicApplied);

    /// <inheritdoc />
    public override string Source => "paper, Figure 2 (lastApplied, \"increases monotonically\")";

    /// <inheritdoc />
    public override string Statement =>
        "The last applied index of a running server never decreases, whether the server applies an entry "
            + "or restores a snapshot.";

    /// <inheritdoc />
    public override string TlaName => "MonotonicApplied";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Applied, RaftEventKind.Restored];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        LogIndex applied = view[e.Server].AppliedIndex;
        if (e.Index >= applied)
        {
            return null;
        }

        return e.Kind == RaftEventKind.Applied
            ? $"{e.Server} applies entry {e.Index}/{e.OtherTerm} after it had applied {applied}"
            : $"{e.Server} restores a snapshot through {e.Index} after it had applied {applied}";
    }
}
