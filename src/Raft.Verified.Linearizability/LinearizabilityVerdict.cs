namespace Raft.Verified.Linearizability;

/// <summary>Whether a history is linearizable.</summary>
public enum LinearizabilityVerdict
{
    /// <summary>There is an order that explains every answer.</summary>
    Linearizable,

    /// <summary>There is none.</summary>
    NotLinearizable,

    /// <summary>The search was given up at its bound. A failure: nothing has been shown.</summary>
    Unknown,
}
