using System.Reflection;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Simulation.Paths;

/// <summary>
/// The execution of a path that was found elsewhere, on the shipping servers in the simulated world. The result is a
/// schedule like any other: replay, diagram and shrinking do not depend on the path.
/// </summary>
public static class PathRunner
{
    /// <summary>The strategy name in the headers of schedules made from paths.</summary>
    public const string StrategyName = PathStrategy.GivenName;

    private const int RandomEndings = 200;

    // The most exact mode comes first.
    private static readonly PathMode[] Modes =
    [
        new(true, PathEnding.Stop), new(false, PathEnding.Stop), new(true, PathEnding.Fair), new(false, PathEnding.Fair),
        .. Enumerable.Range(1, RandomEndings).Select(seed => new PathMode(true, PathEnding.Random, (ulong)seed)),
    ];

    /// <summary>Takes the path with increasing liberties until a property is violated.</summary>
    /// <param name="scenario">The scenario whose operations the steps name; it must have the untimed clock.</param>
    /// <param name="steps">The steps.</param>
    /// <param name="holdsDisks">
    /// True when disks complete writes only where a step says so; false when they complete them at once.
    /// </param>
    /// <param name="watchdog">The watchdog that checks that steps return; null for none.</param>
    /// <exception cref="OperationCanceledException">
    /// The watchdog's <see cref="StepWatchdog.Interrupted"/> has ended the run early.
    /// </exception>
    public static PathOutcome Run(Scenario scenario, IReadOnlyList<PathStep> steps, bool holdsDisks, StepWatchdog? watchdog = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(steps);
        PathOutcome? first = null;
        foreach (PathMode mode in Modes)
        {
            PathOutcome outcome = Run(scenario, steps, holdsDisks, mode, watchdog);
            if (outcome.Schedule is not null)
            {
                return outcome;
            }

            first ??= outcome;
        }

        return first!;
    }

    internal static PathOutcome Run(Scenario scenario, IReadOnlyList<PathStep> steps, bool holdsDisks, PathMode mode, StepWatchdog? watchdog)
    {
        PathStrategy strategy = new(steps, holdsDisks, mode);
        ScheduleExecution execution = new(scenario.ObservedBy(strategy), strategy, timed: false, scenario.UnfairSteps)
        {
            Watchdog = watchdog,
            Stop = watchdog?.Interrupted ?? default,
            Beginning = (runtime, run) => (strategy.Runtime, strategy.Run) = (runtime, (ScenarioRun)run),
        };
        ControlledRuntime runtime = execution.ExecuteApart().Runtime;
        watchdog?.Interrupted.ThrowIfCancellationRequested();
        if (runtime.FailedProperty is not { } property)
        {
            return new PathOutcome(null, strategy.Notes);
        }

        return new PathOutcome(Describe(scenario, strategy, runtime, property), mode.Text is { } ending ? [.. strategy.Notes, ending] : strategy.Notes);
    }

    private static Schedule? Describe(Scenario scenario, PathStrategy strategy, ControlledRuntime runtime, string property)
    {
        Assembly assembly = scenario.Assembly;
        ScheduleHeader header = new(
            scenario.Name, strategy.Name, Timed: false, Seed: 0, Iteration: 0, strategy.FairFrom ?? scenario.UnfairSteps, BuildFingerprint.Of(assembly), property,
            runtime.FailureMessage!)
        {
            Mutant = BuildFingerprint.MutantOf(assembly),
            DrawsFaultMix = false,
        };
        Schedule schedule = Replayer.Describe(scenario, header, runtime.Decisions, drawsFaultMix: false, isMonitored: true, out bool same);
        return same ? schedule : null;
    }
}
