namespace Raft.Verified.Simulation;

/// <summary>The counts in the figures of a scenario's run, in their order.</summary>
public enum ScenarioFigure
{
    /// <summary>The requests that the servers sent to each other.</summary>
    Requests,

    /// <summary>The bytes of requests sent and of replies delivered.</summary>
    Bytes,

    /// <summary>The commands committed: the highest index.</summary>
    Committed,
}
