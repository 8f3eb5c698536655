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
    public static void Run(IExplorable program, ExplorationOptions options, long iteration, StepWatchdog? watchdog = null)
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
        new ScheduleExecution(program, strategy, timed, unfairSteps)
        {
            Watchdog = watchdog,
            Stop = watchdog?.Interrupted ?? default,
            IsMonitored = options.IsMonitored,
        }.ExecuteApart();
    }
}
