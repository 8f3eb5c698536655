using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>The options of an exploration.</summary>
public sealed record ExplorationOptions
{
    /// <summary>The strategy: one of <see cref="Portfolio.Names"/>.</summary>
    public string Strategy { get; init; } = Portfolio.Name;

    /// <summary>The seed. Iteration i of a seed is the same schedule on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// The number of schedules to run, over all shards together; null for as many as the time allows.
    /// </summary>
    public long? Iterations { get; init; }

    /// <summary>
    /// The number of the first schedule, from 0. With <see cref="Iterations"/> 1 an exploration runs exactly this
    /// schedule. Must be 0 when the schedules of the strategy depend on each other.
    /// </summary>
    public long FirstIteration { get; init; }

    /// <summary>The real time to run for; null to run until the iterations are done.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>
    /// The number of schedules that run side by side; at least 1. A systematic strategy always has one worker.
    /// </summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The shard of the iterations to run, from 0 to <see cref="Shards"/> - 1.</summary>
    public int Shard { get; init; }

    /// <summary>The number of shards; at least 1.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>
    /// The number of steps after which an untimed schedule becomes fair; null for the scenario's default. A systematic
    /// strategy branches within these steps only, and has a default of its own.
    /// </summary>
    public int? UnfairSteps { get; init; }

    /// <summary>
    /// True when monitors and the liveness check are on. Otherwise only the scenario's own requirements, uncaught
    /// exceptions and endless schedules are findings.
    /// </summary>
    public bool IsMonitored { get; init; } = true;

    /// <summary>
    /// True when the schedules of violations are kept. Otherwise a violation comes with its header only, and is
    /// reported sooner.
    /// </summary>
    public bool KeepSchedules { get; init; } = true;

    /// <summary>
    /// The limit of real time per step. A longer step counts as one that does not return
    /// (<see cref="Runtime.RuntimeFindings.StepDoesNotReturn"/>). <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan StepTimeout { get; init; } = Runtime.StepWatchdog.DefaultLimit;

    /// <summary>True when every schedule is run twice and both runs must give the same event hash.</summary>
    public bool SelfCheck { get; init; }

    /// <summary>True when the report includes coverage.</summary>
    public bool CollectCoverage { get; init; }
}
