using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>The settings of the property <see cref="Determinism"/>, for a state machine without a model.</summary>
public sealed record DeterminismOptions
{
    /// <summary>
    /// The factory of the copies of the state machine on which the log is replayed. Null to compare the servers with each
    /// other only. A copy has no server; if it waits for one, the replay ends there without a violation.
    /// </summary>
    public Func<IRaftStateMachine>? Machine { get; init; }

    /// <summary>
    /// True, the default, when equal states have equal snapshots. If false, the bytes of snapshots are not compared;
    /// answers after a restored snapshot still are.
    /// </summary>
    public bool HasCanonicalSnapshots { get; init; } = true;

    /// <summary>
    /// True, the default, when a copy that waits for itself, as by <c>Task.Yield</c>, continues in place, on a
    /// synchronization context of its own. False under an engine that does not allow such a context, such as Microsoft
    /// Coyote: a copy that waits then ends the replay.
    /// </summary>
    public bool ContinuesInPlace { get; init; } = true;
}
