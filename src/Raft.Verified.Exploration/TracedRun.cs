using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Exploration;

/// <summary>Runs single schedules of an exploration again, for somebody who watches.</summary>
public static class TracedRun
{
    /// <summary>
    /// Whether the schedules of a strategy can be run by their numbers: not those that depend on the schedules before them.
    /// </summary>
    /// <param name="strategy">One of <see cref="Portfolio.Names"/>.</param>
    public static bool IsPossible(string strategy) => strategy != GuidedStrategy.GivenName && new Portfolio(strategy).Systematic is null;

    /// <summary>Runs the schedule of this number, as an exploration with these options does.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="options">The options of its exploration.</param>
    /// <param name="iteration">The schedule's number, from 0.</param>
    /// <param name="listener">Told of every event.</param>
    /// <param name="inputs">Told of every input of every server's core; null for nobody.</param>
    /// <param name="watchdog">Watches that steps return; the schedule then runs on another thread. Null for nobody.</param>
    /// <exception cref="ArgumentException">The strategy's schedules depend on each other.</exception>
    public static void Run(
        Scenario scenario, ExplorationOptions options, long iteration, IRaftObserver listener, IInputObserver? inputs, StepWatchdog? watchdog = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(options);
        if (!IsPossible(options.Strategy))
        {
            throw new ArgumentException($"the schedules of strategy {options.Strategy} depend on each other; expected another strategy", nameof(options));
        }

        int unfairSteps = options.UnfairSteps ?? scenario.UnfairSteps;
        (Strategy strategy, bool timed) = new Portfolio(options.Strategy).For(
            iteration, scenario.Clocks.HasFlag(Clocks.Timed), scenario.Clocks.HasFlag(Clocks.Untimed));
        strategy.Begin(SplitMix.Mix(options.Seed, (ulong)iteration), scenario.Cluster.Servers, unfairSteps);
        if (watchdog is null)
        {
            RunHere();
        }
        else
        {
            watchdog.RunApart(RunHere);
        }

        void RunHere()
        {
            ControlledRuntime runtime = new(strategy, timed, ScheduleBounds.FromUnfairSteps(unfairSteps)) { Watchdog = watchdog, Stop = watchdog?.Interrupted ?? default };
            ScenarioRun run = new(scenario, runtime, listener, options.IsMonitored) { Inputs = inputs };
            runtime.AfterStep = run.AfterStep;
            runtime.Run(run.RunAsync);
        }
    }
}
