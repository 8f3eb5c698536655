using System.Reflection;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>
/// The runner of schedules of one scenario by their numbers. Each worker has its own runner; runners share no state.
/// </summary>
internal sealed class ScheduleRunner
{
    private readonly IExplorable _program;
    private readonly ExplorationOptions _options;
    private readonly Portfolio _portfolio;
    private readonly int _unfairSteps;
    private readonly StateSet? _states;
    private readonly Corpus? _corpus;
    private (ScheduleExecution Run, long Iteration)? _latest;

    /// <summary>Prepares a worker.</summary>
    /// <param name="program">The program to run.</param>
    /// <param name="options">The options of the exploration.</param>
    /// <param name="corpus">The corpus of the <c>guided</c> strategy; null with any other strategy.</param>
    public ScheduleRunner(IExplorable program, ExplorationOptions options, Corpus? corpus = null)
    {
        _corpus = corpus;
        _program = program;
        _options = options;
        _portfolio = new Portfolio(options.Strategy);
        _unfairSteps = options.UnfairSteps ?? _portfolio.Systematic?.DefaultSteps ?? program.UnfairSteps;
        _states = options.CollectCoverage ? new StateSet(CoverageReport.MaxStates / 2) : null;
    }

    /// <summary>
    /// The extent of the finished search of a systematic strategy; null before it is exhausted, and with any other
    /// strategy.
    /// </summary>
    public Exhaustion? Exhausted { get; private set; }

    /// <summary>A token that ends a schedule before it is complete.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The watchdog that checks that steps return; null for none.</summary>
    public StepWatchdog? Watchdog { get; set; }

    /// <summary>
    /// Runs the schedule with the given number. A systematic strategy runs its next schedule, whatever the number.
    /// </summary>
    /// <returns>The outcome; null when a systematic strategy has nothing left to run.</returns>
    /// <exception cref="OperationCanceledException">The schedule was ended before it was complete.</exception>
    public ScheduleOutcome? Run(long iteration)
    {
        if (_portfolio.Systematic is not { } systematic)
        {
            return Judge(iteration, RunOnce(iteration, KnownStates()));
        }

        while (systematic.MoveOn())
        {
            ScheduleExecution one = RunOnce(iteration, KnownStates());
            if (!one.Runtime.IsAbandoned || systematic.Derailment is not null)
            {
                return Judge(iteration, one);
            }
        }

        Exhausted = new Exhaustion(_unfairSteps, systematic.LeftOut);
        return null;
    }

    /// <summary>
    /// Returns the outcome of the schedule on an abandoned thread, one of whose steps did not return.
    /// </summary>
    /// <returns>The outcome; null when there is nothing to report.</returns>
    public ScheduleOutcome? DescribeLost() =>
        _latest is { Run: { Runtime.FailedProperty: not null } one, Iteration: var iteration } ? Judge(iteration, one) : null;

    private ScheduleOutcome Judge(long iteration, ScheduleExecution one)
    {
        (ControlledRuntime runtime, bool timed, Strategy strategy) = (one.Runtime, one.Timed, one.Strategy);
        FoundViolation? violation = null;
        if (runtime.FailedProperty is { } property)
        {
            violation = Describe(iteration, runtime, timed, strategy, property, runtime.FailureMessage!);
        }
        else if (_portfolio.Systematic?.Derailment is { } difference)
        {
            violation = Describe(iteration, runtime, timed, strategy, RuntimeFindings.Repeatability, difference);
        }
        else if (_options.SelfCheck)
        {
            ControlledRuntime again = RunOnce(iteration, null).Runtime;
            if (again.EventHash != runtime.EventHash)
            {
                string message = $"two runs of schedule {iteration} differ: event hash {runtime.EventHash:x16} and {again.EventHash:x16}, " +
                    $"{runtime.Decisions.Count} and {again.Decisions.Count} decisions";
                violation = Describe(iteration, runtime, timed, strategy, RuntimeFindings.Repeatability, message);
            }
        }

        return new ScheduleOutcome(runtime.Decisions.Count, runtime.EventHash, one.Run.GoalsReached, one.Run.Figures, violation, one.TakeCoverage())
        {
            Path = _corpus is null ? null : runtime.Decisions,
            Timed = timed,
            Way = (strategy as GuidedStrategy)?.Way ?? 0,
        };
    }

    private StateSet? KnownStates()
    {
        if (_portfolio.Systematic is not null)
        {
            // States reached by an abandoned schedule are not reported, so they must not be recorded as seen.
            _states?.Clear();
        }

        return _states;
    }

    private ScheduleExecution RunOnce(long iteration, StateSet? known)
    {
        (Strategy strategy, bool timed) = _portfolio.For(_program, iteration);
        if (strategy is GuidedStrategy guided && _corpus is not null)
        {
            guided.Parents = _corpus[timed];
        }

        strategy.Begin(SplitMix.Mix(_options.Seed, (ulong)iteration), _program.Actors, _unfairSteps);
        ScheduleExecution execution = new(_program, strategy, timed, _unfairSteps)
        {
            Stop = Stop,
            Watchdog = Watchdog,
            IsMonitored = _options.IsMonitored,
            KnownStates = known,
        };
        _latest = (execution, iteration);
        if (execution.Execute().Runtime.IsAbandoned)
        {
            Stop.ThrowIfCancellationRequested();
            Watchdog?.Interrupted.ThrowIfCancellationRequested();
        }

        return execution;
    }

    private FoundViolation Describe(long iteration, ControlledRuntime runtime, bool timed, Strategy strategy, string property, string message)
    {
        Assembly assembly = _program.Assembly;
        ScheduleHeader header = new(
            _program.Name, strategy.Name, timed, _options.Seed, iteration, _unfairSteps,
            BuildFingerprint.Of(assembly), property, message)
        {
            Mutant = BuildFingerprint.MutantOf(assembly),
        };
        if (!_options.KeepSchedules)
        {
            return new FoundViolation(property, message, iteration, new Schedule(header, []));
        }

        Schedule schedule = Replayer.Describe(_program, header, runtime.Decisions, strategy.DrawsFaultMix, _options.IsMonitored, out bool same);
        if (!same && property != RuntimeFindings.Repeatability && property != RuntimeFindings.UncontrolledAwait)
        {
            message = $"schedule {iteration} violated {property} ({message}), and did not when its decisions were repeated";
            property = RuntimeFindings.Repeatability;
            schedule = schedule with { Header = header with { Property = property, Message = message } };
        }

        return new FoundViolation(property, message, iteration, schedule);
    }
}
