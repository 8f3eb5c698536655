using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Coverage;

namespace Raft.Verified.Cli.Output;

/// <summary>The findings of the exploration of one scenario.</summary>
internal sealed record ScenarioFindings
{
    /// <summary>The name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The number of schedules that were run.</summary>
    public required long Iterations { get; init; }

    /// <summary>The number of decisions in all schedules.</summary>
    public required long Decisions { get; init; }

    /// <summary>The duration of the exploration, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The number of schedules that ran in parallel.</summary>
    public required int Workers { get; init; }

    /// <summary>
    /// The sum of the event hashes of all schedules. It is the same for a whole run and for the sum of its shards.
    /// </summary>
    public required ulong EventHash { get; init; }

    /// <summary>The goals, in the order of the scenario, each with the number of schedules that reached it.</summary>
    public required IReadOnlyList<(string Name, long Count)> Goals { get; init; }

    /// <summary>The violations, at most one per shard, in the order of their schedules.</summary>
    public required IReadOnlyList<ViolationFinding> Violations { get; init; }

    /// <summary>The bounds within which all schedules were run; null when the exploration is not exhaustive.</summary>
    public Exhaustion? Exhausted { get; init; }

    /// <summary>The schedule that the user asked to keep and that violates nothing; null when there is none.</summary>
    public KeptFinding? Kept { get; init; }

    /// <summary>The coverage; null when it was not collected, and in merged findings.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>The violation of the schedule with the lowest number; null when there is none.</summary>
    public ViolationFinding? Violation => Violations.Count == 0 ? null : Violations[0];

    /// <summary>The names of the goals that were never reached.</summary>
    public IEnumerable<string> UnreachedGoals => Goals.Where(goal => goal.Count == 0).Select(goal => goal.Name);

    /// <summary>The result in a few words.</summary>
    public string Verdict =>
        Violation is { } violation ? $"VIOLATION of {violation.Property}"
        : UnreachedGoals.Count() is > 0 and var missing ? $"ok, {Format.Count(missing, "goal")} not reached"
        : "ok";
}
