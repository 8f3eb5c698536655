using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Cli.Output;

/// <summary>What a test run did and found: what all its reports say. It is of one run, of one shard of several, or merged from all of them.</summary>
internal sealed record TestFindings
{
    /// <summary>The build's fingerprint; null when there was no scenario.</summary>
    public required string? Build { get; init; }

    /// <summary>What the run was asked to do.</summary>
    public required TestSettings Settings { get; init; }

    /// <summary>Which share of the schedules this is, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>How many shares there are; 1 for a whole run, and for what was merged into one.</summary>
    public required int Shards { get; init; }

    /// <summary>How many schedules ran side by side, in all shards together.</summary>
    public required int Workers { get; init; }

    /// <summary>How long it took, in seconds; of several shards the longest.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether it was ended before its time.</summary>
    public required bool WasInterrupted { get; init; }

    /// <summary>The schedules of past failures that were replayed, in the order of their files' names.</summary>
    public required IReadOnlyList<RegressionFinding> Regressions { get; init; }

    /// <summary>The scenarios explored, in their order.</summary>
    public required IReadOnlyList<ScenarioFindings> Runs { get; init; }

    /// <summary>The scenarios that an interrupted run did not come to.</summary>
    public required IReadOnlyList<string> NotRun { get; init; }

    /// <summary>Makes the command lines to go on with.</summary>
    public FollowUp FollowUp { get; init; } = new();

    /// <summary>
    /// The exit status that tells what was found. What was found comes first; a run that found nothing is told from one that did not come to
    /// its end.
    /// </summary>
    public int ExitStatus =>
        Runs.Any(run => run.Violations.Any(violation => violation.Property == RuntimeFindings.Determinism)) ? Cli.ExitStatus.Divergence
        : Runs.Any(Fails) || Regressions.Any(regression => regression.Fails) ? Cli.ExitStatus.Violation
        : WasInterrupted ? Cli.ExitStatus.Interrupted
        : Cli.ExitStatus.NothingFound;

    /// <summary>Whether a scenario fails, by a violation or by its goals.</summary>
    public bool Fails(ScenarioFindings run) => run.Violation is not null || FailsByGoals(run);

    /// <summary>
    /// Whether a scenario fails because of goals that were never reached. Not in one shard of several: another one may have reached them, so that
    /// the merged report judges. Nor in a run that was interrupted: it has not had its time. Nor where everything within the bounds was run: what was
    /// not reached is out of bounds.
    /// </summary>
    public bool FailsByGoals(ScenarioFindings run) =>
        Settings.GoalsMustBeReached && Shards == 1 && !WasInterrupted && run.Violation is null && run.Exhausted is null
        && run.UnreachedGoals.Any();
}

/// <summary>What a test run was asked to do. Shards of one run have all of it in common but the time.</summary>
/// <param name="Strategy">The strategy.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Iterations">How many schedules of each scenario, in all shards together; null for as many as the time allows.</param>
/// <param name="Seconds">How long, in seconds; null for until the iterations are done.</param>
/// <param name="MaxSteps">After how many steps an untimed schedule becomes fair; null for each scenario's own number.</param>
/// <param name="Regressions">How many schedules of past failures to replay, in all shards together; null when none were asked for.</param>
internal sealed record TestSettings(string Strategy, ulong Seed, long? Iterations, double? Seconds, int? MaxSteps, int? Regressions)
{
    /// <summary>Whether a goal that is never reached is a failure: not when the user says how many schedules to run.</summary>
    public bool GoalsMustBeReached => Iterations is null;
}

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

/// <summary>A violation.</summary>
/// <param name="Property">The property.</param>
/// <param name="Message">What was found.</param>
/// <param name="Iteration">The number of the schedule.</param>
/// <param name="Schedule">The file that holds the schedule; null when it could not be written.</param>
/// <param name="ScheduleError">Why it could not be written; null when it could.</param>
/// <param name="Strategy">The strategy that made the schedule.</param>
/// <param name="Clock">The clock it ran by.</param>
/// <param name="Decisions">How many decisions it has.</param>
internal sealed record ViolationFinding(
    string Property, string Message, long Iteration, string? Schedule, string? ScheduleError, string Strategy, string Clock, long Decisions);

/// <summary>What the replay of the schedule of a past failure came to.</summary>
/// <param name="File">The file of the schedule.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Recorded">The property that it violated once.</param>
/// <param name="Seconds">How long the replay took, in seconds.</param>
/// <param name="Property">The property that is violated now, that one or another; null for none, as it should be.</param>
/// <param name="Message">What was found; null for nothing.</param>
/// <param name="Schedule">The file of the run as this build made it; null when nothing was violated, or it could not be written.</param>
/// <param name="ScheduleError">Why it could not be written; null when it could.</param>
internal sealed record RegressionFinding(
    string File, string Scenario, string Recorded, double Seconds, string? Property, string? Message, string? Schedule, string? ScheduleError)
{
    /// <summary>Whether something is violated.</summary>
    public bool Fails => Property is not null;
}
