using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>How to explore a scenario.</summary>
public sealed record ExplorationOptions
{
    /// <summary>The strategy: one of <see cref="Portfolio.Names"/>.</summary>
    public string Strategy { get; init; } = Portfolio.Name;

    /// <summary>The seed. Iteration i of a seed is the same schedule wherever it runs.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many schedules to run; null for as many as the time allows. With shards: in all of them together.</summary>
    public long? Iterations { get; init; }

    /// <summary>How long to run; null for until the iterations are done.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How many schedules run side by side; at least 1. A systematic strategy has one worker, whatever is asked for.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Which share of the iterations to run, from 0.</summary>
    public int Shard { get; init; }

    /// <summary>How many shares there are.</summary>
    public int Shards { get; init; } = 1;

    /// <summary>
    /// After how many steps an untimed schedule becomes fair; null for the scenario's own number. A systematic strategy branches within these steps only,
    /// and has a number of its own.
    /// </summary>
    public int? UnfairSteps { get; init; }

    /// <summary>
    /// Whether monitors and the check of liveness watch; without them only what the scenario itself requires counts, an exception that nobody catches, and a
    /// schedule that does not end.
    /// </summary>
    public bool IsMonitored { get; init; } = true;

    /// <summary>Whether the schedules of violations are kept; without them a violation comes with its header only, and sooner.</summary>
    public bool KeepSchedules { get; init; } = true;

    /// <summary>
    /// How long a step may take, in real time, before it counts as one that does not return (<see cref="Runtime.RuntimeFindings.StepDoesNotReturn"/>);
    /// <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// </summary>
    public TimeSpan StepTimeout { get; init; } = Runtime.StepWatchdog.DefaultLimit;

    /// <summary>Whether every schedule is run twice and must give the same event hash both times.</summary>
    public bool SelfCheck { get; init; }

    /// <summary>Whether the report is to tell what was reached.</summary>
    public bool CollectCoverage { get; init; }
}
