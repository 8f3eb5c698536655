namespace Raft.Verified.Simulation.Paths;

/// <summary>The end of a run, after the last step of a path.</summary>
internal enum PathEnding
{
    /// <summary>No further step.</summary>
    Stop,

    /// <summary>The deterministic fair scheduler, through the end of the scenario and its liveness phase.</summary>
    Fair,

    /// <summary>Some steps at random, then the fair scheduler.</summary>
    Random,
}
