using Raft.Verified.Exploration.Coverage;
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

/// <summary>A violation that an exploration found, with the decisions that lead to it.</summary>
/// <param name="Property">The property violated.</param>
/// <param name="Message">What was found.</param>
/// <param name="Iteration">The number of the schedule.</param>
/// <param name="Schedule">The schedule, every decision labelled.</param>
public sealed record FoundViolation(string Property, string Message, long Iteration, Schedules.Schedule Schedule);

/// <summary>What it means that a systematic strategy has nothing left to run.</summary>
/// <param name="Steps">Within how many steps of a schedule everything was tried.</param>
/// <param name="LeftOut">What was not tried within them, in a few words; null for nothing.</param>
public sealed record Exhaustion(int Steps, string? LeftOut);

/// <summary>What an exploration of one scenario has done and found.</summary>
public sealed record ExplorationReport
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many schedules were run.</summary>
    public required long Iterations { get; init; }

    /// <summary>How many decisions they took: steps of the engine and values drawn.</summary>
    public required long Decisions { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many schedules ran side by side.</summary>
    public required int Workers { get; init; }

    /// <summary>In how many schedules each goal was reached, in the scenario's order.</summary>
    public required IReadOnlyList<(string Name, long Count)> Goals { get; init; }

    /// <summary>What was found: nothing, or the violation with the lowest iteration.</summary>
    public required FoundViolation? Violation { get; init; }

    /// <summary>That everything was run, and within which bounds; null when there may be more to run.</summary>
    public Exhaustion? Exhausted { get; init; }

    /// <summary>The sum of a hash a schedule, of its number and its event hash; those of all shards add up to that of the whole, modulo 2^64.</summary>
    public required ulong EventHash { get; init; }

    /// <summary>What was reached; null when it was not collected.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>The goals that were never reached.</summary>
    public IEnumerable<string> UnreachedGoals => Goals.Where(goal => goal.Count == 0).Select(goal => goal.Name);
}

/// <summary>How far an exploration is.</summary>
/// <param name="Schedules">Schedules run.</param>
/// <param name="Decisions">Decisions taken.</param>
/// <param name="GoalsReached">How many of the goals were reached.</param>
/// <param name="Elapsed">The time spent on it.</param>
public readonly record struct ExplorationProgress(long Schedules, long Decisions, int GoalsReached, TimeSpan Elapsed);
