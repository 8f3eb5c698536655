using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>The repetition of single schedules of an exploration, for an observer.</summary>
public static class TracedRun
{
    /// <summary>
    /// Returns true when the schedules of a strategy can be run by their numbers, because they do not depend on earlier
    /// schedules.
    /// </summary>
    /// <param name="strategy">One of <see cref="Portfolio.Names"/>.</param>
    public static bool IsPossible(string strategy) => strategy != GuidedStrategy.GivenName && new Portfolio(strategy).Systematic is null;

    /// <summary>Runs the schedule with the given number as an exploration with these options does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="options">The options of its exploration.</param>
    /// <param name="iteration">The schedule's number, from 0.</param>
    /// <param name="watchdog">
    /// The watchdog that checks that steps return, for which the schedule runs on another thread; null for none.
    /// </param>
    /// <exception cref="ArgumentException">The schedules of the strategy depend on each other.</exception>
    public static void Run(IExplorable program, ExplorationOptions options, long iteration, StepWatchdog? watchdog = null) =>
        Execute(program, options, iteration, watchdog);

    /// <summary>
    /// Runs the schedule with the given number as an exploration with these options does, and returns it, whether it
    /// violates a property or not.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="options">The options of its exploration.</param>
    /// <param name="iteration">The schedule's number, from 0.</param>
    /// <param name="watchdog">
    /// The watchdog that checks that steps return, for which the schedule runs on another thread; null for none.
    /// </param>
    /// <returns>
    /// The schedule, with a label for every decision. Its property is empty when it violates nothing
    /// (<see cref="ScheduleHeader.HasViolation"/>).
    /// </returns>
    /// <exception cref="ArgumentException">The schedules of the strategy depend on each other.</exception>
    /// <exception cref="OperationCanceledException">
    /// The watchdog's <see cref="StepWatchdog.Interrupted"/> has ended the run early.
    /// </exception>
    public static Schedule Record(IExplorable program, ExplorationOptions options, long iteration, StepWatchdog? watchdog = null)
    {
        ScheduleExecution execution = Execute(program, options, iteration, watchdog);
        execution.ThrowIfInterrupted();
        ControlledRuntime runtime = execution.Runtime;
        ScheduleHeader header = new(
            program.Name, execution.Strategy.Name, execution.Timed, options.Seed, iteration, options.UnfairSteps ?? program.UnfairSteps,
            BuildFingerprint.Of(program.Assembly), runtime.FailedProperty ?? "", runtime.FailureMessage ?? "")
        {
            Mutant = BuildFingerprint.MutantOf(program.Assembly),
        };
        return Replayer.Describe(program, header, runtime.Decisions, execution.Strategy.DrawsFaultMix, options.IsMonitored, out _);
    }

    private static ScheduleExecution Execute(IExplorable program, ExplorationOptions options, long iteration, StepWatchdog? watchdog)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        if (!IsPossible(options.Strategy))
        {
            throw new ArgumentException($"the schedules of strategy {options.Strategy} depend on each other; expected another strategy", nameof(options));
        }

        int unfairSteps = options.UnfairSteps ?? program.UnfairSteps;
        (Strategy strategy, bool timed) = new Portfolio(options.Strategy).For(program, iteration);
        strategy.Begin(SplitMix.Mix(options.Seed, (ulong)iteration), program.Actors, unfairSteps);
        return new ScheduleExecution(program, strategy, timed, unfairSteps)
        {
            Watchdog = watchdog,
            Stop = watchdog?.Interrupted ?? default,
            IsMonitored = options.IsMonitored,
        }.ExecuteApart();
    }
}
