using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that every server applies only committed entries, in order, without gaps or repetitions.
/// </summary>
public sealed class AppliedInOrder : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(AppliedInOrder);

    /// <inheritdoc />
    public override string Source => "paper, section 5.3 and Figure 2 (rules for all servers), section 7; thesis, section 3.5";

    /// <inheritdoc />
    public override string Statement =>
        "From its start, a server applies each index once, in order, and not beyond its commit index. A "
            + "snapshot may move it forward.";

    /// <inheritdoc />
    public override string TlaName => "AppliedInOrder";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Applied, RaftEventKind.Restored];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ServerView server = view[e.Server];
        if (e.Index > server.CommitIndex)
        {
            return $"{e.Server} {Describe(in e)}, but has committed only {server.CommitIndex}";
        }

        bool inOrder = e.Kind == RaftEventKind.Applied ? e.Index == server.AppliedIndex.Next() : e.Index > server.AppliedIndex;
        return inOrder ? null : $"{e.Server} {Describe(in e)} right after {server.AppliedIndex}";
    }

    private static string Describe(in RaftEvent e) =>
        e.Kind == RaftEventKind.Applied ? $"applies entry {e.Index}/{e.OtherTerm}" : $"restores a snapshot through {e.Index}";
}
