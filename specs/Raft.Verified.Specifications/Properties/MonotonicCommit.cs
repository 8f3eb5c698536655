using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>The property that a running server's commit index only grows.</summary>
public sealed class MonotonicCommit : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(MonotonicCommit);

    /// <inheritdoc />
    public override string Source => "paper, Figure 2 (commitIndex, \"increases monotonically\")";

    /// <inheritdoc />
    public override string Statement => "The commit index of a running server never decreases.";

    /// <inheritdoc />
    public override string TlaName => "MonotonicCommit";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.CommitAdvanced];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        LogIndex known = view[e.Server].CommitIndex;
        if (e.Index < known)
        {
            return $"the commit index of {e.Server} goes from {known} to {e.Index}";
        }

        return e.OtherIndex < known
            ? $"the commit index of {e.Server} was {known}, then {e.OtherIndex} before it became {e.Index}"
            : null;
    }
}
