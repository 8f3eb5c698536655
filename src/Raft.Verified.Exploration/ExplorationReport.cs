using Raft.Verified.Exploration.Coverage;

namespace Raft.Verified.Exploration;

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
