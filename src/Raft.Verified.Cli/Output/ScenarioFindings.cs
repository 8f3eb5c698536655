using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Coverage;

namespace Raft.Verified.Cli.Output;

/// <summary>What the exploration of one scenario did and found.</summary>
internal sealed record ScenarioFindings
{
    /// <summary>The scenario's name.</summary>
    public required string Scenario { get; init; }

    /// <summary>How many schedules were run.</summary>
    public required long Iterations { get; init; }

    /// <summary>How many decisions they took.</summary>
    public required long Decisions { get; init; }

    /// <summary>How long it took, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>How many schedules ran side by side.</summary>
    public required int Workers { get; init; }

    /// <summary>The sum of a hash a schedule: the same for a whole run and for its shards together.</summary>
    public required ulong EventHash { get; init; }

    /// <summary>In how many schedules each goal was reached, in the scenario's order.</summary>
    public required IReadOnlyList<(string Name, long Count)> Goals { get; init; }

    /// <summary>What was found, at most one violation a shard, by the number of the schedule.</summary>
    public required IReadOnlyList<ViolationFinding> Violations { get; init; }

    /// <summary>That everything was run, and within which bounds; null when there may be more to run.</summary>
    public Exhaustion? Exhausted { get; init; }

    /// <summary>What was reached; null when it was not collected, and in a merged report.</summary>
    public CoverageReport? Coverage { get; init; }

    /// <summary>The violation with the lowest number; null for none.</summary>
    public ViolationFinding? Violation => Violations.Count == 0 ? null : Violations[0];

    /// <summary>The goals that were never reached.</summary>
    public IEnumerable<string> UnreachedGoals => Goals.Where(goal => goal.Count == 0).Select(goal => goal.Name);

    /// <summary>The result in a few words.</summary>
    public string Verdict =>
        Violation is { } violation ? $"VIOLATION of {violation.Property}"
        : UnreachedGoals.Count() is > 0 and var missing ? $"ok, {Format.Count(missing, "goal")} not reached"
        : "ok";
}
