using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// The findings of a test run, for all its reports: of a whole run, of one shard, or merged from all shards.
/// </summary>
internal sealed record TestFindings
{
    /// <summary>The fingerprint of the build; null when there was no scenario.</summary>
    public required string? Build { get; init; }

    /// <summary>The settings of the run.</summary>
    public required TestSettings Settings { get; init; }

    /// <summary>The number of the shard, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>The number of shards; 1 for a whole run and for merged findings.</summary>
    public required int Shards { get; init; }

    /// <summary>The number of schedules that ran in parallel, over all shards.</summary>
    public required int Workers { get; init; }

    /// <summary>The duration of the run in seconds; for merged findings that of the longest shard.</summary>
    public required double Seconds { get; init; }

    /// <summary>True when the run was interrupted.</summary>
    public required bool WasInterrupted { get; init; }

    /// <summary>The findings of the regressions that were replayed, in the order of their file names.</summary>
    public required IReadOnlyList<RegressionFinding> Regressions { get; init; }

    /// <summary>The findings of the explored scenarios, in the order of the scenarios.</summary>
    public required IReadOnlyList<ScenarioFindings> Runs { get; init; }

    /// <summary>The names of the scenarios that an interrupted run did not start.</summary>
    public required IReadOnlyList<string> NotRun { get; init; }

    /// <summary>The factory for the command lines that the reports suggest.</summary>
    public FollowUp FollowUp { get; init; } = new();

    /// <summary>
    /// The exit status of the run. A finding takes precedence over an interruption. A run without findings has
    /// different statuses for a complete and an interrupted run.
    /// </summary>
    public int ExitStatus =>
        Runs.Any(run => run.Violations.Any(violation => violation.Property == RuntimeFindings.Repeatability)) ? Cli.ExitStatus.Divergence
        : Runs.Any(Fails) || Regressions.Any(regression => regression.Fails) ? Cli.ExitStatus.Violation
        : WasInterrupted ? Cli.ExitStatus.Interrupted
        : Cli.ExitStatus.NothingFound;

    /// <summary>Returns true when a scenario fails, by a violation or by its goals.</summary>
    /// <param name="run">The findings of the scenario.</param>
    public bool Fails(ScenarioFindings run) => run.Violation is not null || FailsByGoals(run);

    /// <summary>
    /// Returns true when a scenario fails because of goals that were never reached. Goals are not judged in these
    /// cases:
    /// <list type="bullet">
    /// <item>in one of several shards, because another shard may reach them;</item>
    /// <item>in an interrupted run, because it had less time;</item>
    /// <item>in an exhausted scenario, because the goals are then outside of the bounds.</item>
    /// </list>
    /// </summary>
    /// <param name="run">The findings of the scenario.</param>
    public bool FailsByGoals(ScenarioFindings run) =>
        Settings.GoalsMustBeReached && Shards == 1 && !WasInterrupted && run.Violation is null && run.Exhausted is null
        && run.UnreachedGoals.Any();
}
