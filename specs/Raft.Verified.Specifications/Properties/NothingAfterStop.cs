using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a server does nothing after it has reported its stop. Messages already queued for its peers may
/// still be sent.
/// </summary>
public sealed class NothingAfterStop : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(NothingAfterStop);

    /// <inheritdoc />
    public override string Source => "none: the paper's servers only crash";

    /// <inheritdoc />
    public override string Statement =>
        "After a server has stopped, it applies, appends, commits and restores nothing, gives no vote, "
            + "and answers clients only with refusals.";

    /// <inheritdoc />
    public override string TlaName => "";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.Applied, RaftEventKind.Restored, RaftEventKind.EntryAppended, RaftEventKind.CommitAdvanced, RaftEventKind.TermAdvanced,
        RaftEventKind.RoleChanged, RaftEventKind.Voted, RaftEventKind.SnapshotInstalled, RaftEventKind.LogCompacted, RaftEventKind.ProposalCompleted,
        RaftEventKind.ReadTaken, RaftEventKind.ReadServed,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view) =>
        view[e.Server].HasStopped ? $"{e.Server} has stopped, and then: {Describe(in e)}" : null;

    private static string Describe(in RaftEvent e) => e.Kind switch
    {
        RaftEventKind.Applied => $"it applies entry {e.Subject}",
        RaftEventKind.Restored => $"it restores the snapshot through {e.Index}",
        RaftEventKind.EntryAppended => $"it appends entry {e.Subject}",
        RaftEventKind.CommitAdvanced => $"it commits through {e.Index}",
        RaftEventKind.TermAdvanced => $"it goes to term {e.Term}",
        RaftEventKind.RoleChanged => $"it becomes {e.Role.ToString().ToLowerInvariant()}",
        RaftEventKind.Voted => $"it votes for {e.Peer}",
        RaftEventKind.ProposalCompleted => $"it answers the proposal at {e.Index} with success",
        RaftEventKind.ReadTaken => "it takes a read",
        RaftEventKind.ReadServed => "it serves a read",
        _ => $"it puts a snapshot through {e.Index} in the place of its log",
    };
}
