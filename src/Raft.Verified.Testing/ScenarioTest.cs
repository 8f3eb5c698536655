using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Failures;
using Raft.Verified.Testing.Replays;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing;

/// <summary>The test of one scenario: its regressions, its exploration, and its goals.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="options">The options.</param>
/// <param name="cancellation">The token that ends the test early.</param>
internal sealed class ScenarioTest(Scenario scenario, RaftTestOptions options, CancellationToken cancellation)
{
    /// <summary>Replays the regressions, explores, and checks the goals.</summary>
    /// <param name="callerFile">The source file of the test.</param>
    /// <returns>The work that was done without finding anything.</returns>
    /// <exception cref="RaftTestException">Something was found.</exception>
    /// <exception cref="OperationCanceledException">The test was ended early.</exception>
    public RaftTestReport Explore(string callerFile)
    {
        // An invalid option is noticed before any work.
        Explorer explorer = new(scenario, new ExplorationOptions
        {
            Strategy = options.Strategy,
            Seed = options.Seed,
            Iterations = options.Iterations,
            Time = options.Time,
            Workers = options.Workers,
            UnfairSteps = options.UnfairSteps,
            StepTimeout = options.StepTimeout,
        });
        string? folder = RegressionFolder.Find(options.RegressionFolder, callerFile, AppContext.BaseDirectory);
        StoredSchedule[] regressions = folder is null ? [] : [.. RegressionFolder.Read(folder).Where(regression => regression.IsOf(scenario))];
        foreach (StoredSchedule regression in regressions)
        {
            cancellation.ThrowIfCancellationRequested();
            ReplayTolerantly(regression, $"regression {regression.File}, {Format.Recorded(regression.Schedule.Header.Property)}");
        }

        ExplorationReport report = explorer.Run(cancellation);
        if (report.Violation is { } violation)
        {
            ScheduleHeader header = violation.Schedule.Header;
            throw Failed(new Finding(
                violation.Schedule, violation.Property, violation.Message,
                $"{Format.Numbered("schedule", violation.Iteration)}, seed {report.Seed} (strategy {header.Strategy}, {(header.Timed ? "timed" : "untimed")})"));
        }

        cancellation.ThrowIfCancellationRequested();
        string[] unreached = [.. report.UnreachedGoals];
        if (options.GoalsMustBeReached && report.Exhausted is null && unreached.Length > 0)
        {
            throw new RaftTestException(GoalStory.Of(report), scenario.Name) { UnreachedGoals = unreached };
        }

        return new RaftTestReport
        {
            Scenario = scenario.Name,
            Schedules = report.Iterations,
            Decisions = report.Decisions,
            Time = TimeSpan.FromSeconds(report.Seconds),
            Goals = report.Goals,
            Regressions = regressions.Length,
            RegressionFolder = folder,
        };
    }

    /// <summary>
    /// Replays a kept schedule: exactly when this build wrote it, tolerantly otherwise.
    /// </summary>
    /// <param name="kept">The schedule.</param>
    /// <exception cref="RaftTestException">A property is violated.</exception>
    /// <exception cref="OperationCanceledException">The replay was ended early.</exception>
    public void Replay(StoredSchedule kept)
    {
        cancellation.ThrowIfCancellationRequested();
        string origin = $"the replay of {kept.File}, {Format.Recorded(kept.Schedule.Header.Property)}";
        if (kept.Schedule.Header.Build != BuildFingerprint.Of(scenario.Assembly))
        {
            ReplayTolerantly(kept, origin);
            return;
        }

        using StepWatchdog watchdog = new(options.StepTimeout, cancellation);
        ReplayOutcome outcome = Replayer.Replay(scenario, kept.Schedule, watchdog: watchdog);
        if (outcome is { Divergence: null, Property: null })
        {
            // The schedule was kept although it violates nothing.
            return;
        }

        throw Failed(outcome.Divergence is { } divergence
            ? new Finding(
                kept.Schedule, RuntimeFindings.Repeatability, $"This build wrote the schedule, but its run is another one now. The first difference: {divergence}", origin)
            : new Finding(kept.Schedule, outcome.Property!, outcome.Message!, origin));
    }

    private void ReplayTolerantly(StoredSchedule kept, string origin)
    {
        using StepWatchdog watchdog = new(options.StepTimeout, cancellation);
        TolerantOutcome outcome = TolerantReplay.Run(scenario, kept.Schedule, watchdog);
        if (outcome.Schedule is { } schedule)
        {
            throw Failed(new Finding(schedule, outcome.Property!, outcome.Message!, origin));
        }
    }

    private RaftTestException Failed(Finding finding) => new Failure(scenario, finding, options, cancellation).Report();
}
