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
