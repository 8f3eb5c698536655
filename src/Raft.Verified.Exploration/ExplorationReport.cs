using Raft.Verified.Exploration.Coverage;

namespace Raft.Verified.Exploration;

/// <summary>The report of an exploration of one scenario.</summary>
public sealed record ExplorationReport
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>The strategy's name.</summary>
    public required string Strategy { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The number of schedules that were run.</summary>
    public required long Iterations { get; init; }

    /// <summary>The number of decisions that the schedules took: steps of the engine and values drawn.</summary>
    public required long Decisions { get; init; }

    /// <summary>The real time that the exploration took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The number of schedules that ran side by side.</summary>
    public required int Workers { get; init; }

    /// <summary>The number of schedules that reached each goal, in the scenario's order of goals.</summary>
    public required IReadOnlyList<(string Name, long Count)> Goals { get; init; }

    /// <summary>The violation with the lowest iteration; null when none was found.</summary>
    public required FoundViolation? Violation { get; init; }

    /// <summary>The bounds within which everything was run; null when there may be more to run.</summary>
    public Exhaustion? Exhausted { get; init; }

    /// <summary>
    /// The sum, modulo 2^64, of one hash per schedule, over its number and its event hash. The sums of all shards add
    /// up to that of the unsharded run.
    /// </summary>
    public required ulong EventHash { get; init; }

    /// <summary>The coverage; null when it was not collected.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>The goals that were never reached.</summary>
    public IEnumerable<string> UnreachedGoals => Goals.Where(goal => goal.Count == 0).Select(goal => goal.Name);
}
