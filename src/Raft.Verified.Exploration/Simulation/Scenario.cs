namespace Raft.Verified.Exploration.Simulation;

/// <summary>In which clocks a scenario makes sense.</summary>
[Flags]
public enum Clocks
{
    /// <summary>Delays decide the order.</summary>
    Timed = 1,

    /// <summary>Any pending timer or message may be next.</summary>
    Untimed = 2,

    /// <summary>Both.</summary>
    Both = Timed | Untimed,
}

/// <summary>What is explored: an asynchronous method over a simulated cluster, and what it is for.</summary>
public sealed record Scenario
{
    /// <summary>The name users give: lower case, words joined by hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What happens, and what it looks for, in a line.</summary>
    public required string LooksFor { get; init; }

    /// <summary>The faults, in a few words.</summary>
    public required string Faults { get; init; }

    /// <summary>What the cluster is made of.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>What happens. All servers have been started before; faults are stopped and liveness is checked afterwards.</summary>
    public required Func<SimulatedCluster, Task> Body { get; init; }

    /// <summary>
    /// What clients still ask for when the faults are over, beside the check of liveness: a cluster that is healthy takes new commands. Null for nothing.
    /// </summary>
    public Func<SimulatedCluster, Task>? Afterwards { get; init; }

    /// <summary>What must sometimes happen; at most 64.</summary>
    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>In which clocks the scenario makes sense.</summary>
    public Clocks Clocks { get; init; } = Clocks.Both;

    /// <summary>After how many steps an untimed schedule becomes fair, unless the user says otherwise.</summary>
    public int UnfairSteps { get; init; } = 3000;

    /// <inheritdoc />
    public override string ToString() => Name;
}
