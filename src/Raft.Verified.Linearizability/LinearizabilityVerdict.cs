namespace Raft.Verified.Linearizability;

/// <summary>The verdict about the linearizability of a history.</summary>
public enum LinearizabilityVerdict
{
    /// <summary>An order of the operations explains every answer.</summary>
    Linearizable,

    /// <summary>No order of the operations explains every answer.</summary>
    NotLinearizable,

    /// <summary>
    /// The search gave up at a bound, so nothing has been shown. Callers should treat it as a failure.
    /// </summary>
    Unknown,
}
