using System.Reflection;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>What one schedule came to.</summary>
/// <param name="Decisions">How many decisions it took.</param>
/// <param name="EventHash">The hash of everything that happened.</param>
/// <param name="GoalsReached">Which goals were reached, as bits.</param>
/// <param name="Figures">What the scenario's body took; null when it did not come to its end.</param>
/// <param name="Violation">What was found; null for nothing.</param>
/// <param name="Coverage">What was reached; null when nobody asks.</param>
internal readonly record struct ScheduleOutcome(
    int Decisions, ulong EventHash, ulong GoalsReached, RunFigures? Figures, FoundViolation? Violation, ScheduleCoverage? Coverage)
{
    /// <summary>Its decisions, for schedules that go on from it; null when there are none to be.</summary>
    public IReadOnlyList<int>? Path { get; init; }

    /// <summary>Whether delays decided the order.</summary>
    public bool Timed { get; init; }

    /// <summary>In which way strategy <c>guided</c> made it; 0 with any other.</summary>
    public int Way { get; init; }
}

/// <summary>Runs schedules of one scenario by their numbers. One for each worker: nothing in it is shared.</summary>
internal sealed class ScheduleRunner
{
    private readonly Scenario _scenario;
    private readonly ExplorationOptions _options;
    private readonly Portfolio _portfolio;
    private readonly int _unfairSteps;
    private readonly ScheduleBounds _bounds;
    private readonly StateSet? _states;
    private readonly Corpus? _corpus;
    private (OneRun Run, long Iteration)? _latest;

    /// <summary>Prepares a worker.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="corpus">What strategy <c>guided</c> goes on from; null for nothing.</param>
    public ScheduleRunner(Scenario scenario, ExplorationOptions options, Corpus? corpus = null)
    {
        _corpus = corpus;
        _scenario = scenario;
        _options = options;
        _portfolio = new Portfolio(options.Strategy);
        _unfairSteps = options.UnfairSteps ?? _portfolio.Systematic?.DefaultSteps ?? scenario.UnfairSteps;
        _bounds = ScheduleBounds.FromUnfairSteps(_unfairSteps);
        _states = options.CollectCoverage ? new StateSet(CoverageReport.MaxStates / 2) : null;
    }

    /// <summary>What a systematic strategy has come to, once it has nothing left to run; null before, and with any other strategy.</summary>
    public Exhaustion? Exhausted { get; private set; }

    /// <summary>Ends a schedule half-way.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Watches that steps return; null for nobody.</summary>
    public StepWatchdog? Watchdog { get; set; }

    /// <summary>Runs the schedule of this number; with a systematic strategy the next one, whatever the number.</summary>
    /// <returns>What it came to; null when a systematic strategy has nothing left to run.</returns>
    /// <exception cref="OperationCanceledException">It was ended half-way.</exception>
    public ScheduleOutcome? Run(long iteration)
    {
        if (_portfolio.Systematic is not { } systematic)
        {
            return Judge(iteration, RunOnce(iteration, NewCollector()));
        }

        while (systematic.MoveOn())
        {
            OneRun one = RunOnce(iteration, NewCollector());
            if (!one.Runtime.IsAbandoned || systematic.Derailment is not null)
            {
                return Judge(iteration, one);
            }
        }

        Exhausted = new Exhaustion(_unfairSteps, systematic.LeftOut);
        return null;
    }

    /// <summary>What a schedule came to that a thread has run which was given up: a step of it did not return.</summary>
    /// <returns>Null when there is nothing to tell.</returns>
    public ScheduleOutcome? DescribeLost() =>
        _latest is { Run: { Runtime.FailedProperty: not null } one, Iteration: var iteration } ? Judge(iteration, one) : null;

    private ScheduleOutcome Judge(long iteration, OneRun one)
    {
        (ControlledRuntime runtime, ScenarioRun run, bool timed, Strategy strategy, CoverageCollector? coverage) = one;
        FoundViolation? violation = null;
        if (runtime.FailedProperty is { } property)
        {
            violation = Describe(iteration, runtime, timed, strategy, property, runtime.FailureMessage!);
        }
        else if (_portfolio.Systematic?.Derailment is { } difference)
        {
            violation = Describe(iteration, runtime, timed, strategy, RuntimeFindings.Nondeterminism, difference);
        }
        else if (_options.SelfCheck)
        {
            ControlledRuntime again = RunOnce(iteration, null).Runtime;
            if (again.EventHash != runtime.EventHash)
            {
                string message = $"two runs of schedule {iteration} differ: event hash {runtime.EventHash:x16} and {again.EventHash:x16}, " +
                    $"{runtime.Decisions.Count} and {again.Decisions.Count} decisions";
                violation = Describe(iteration, runtime, timed, strategy, RuntimeFindings.Nondeterminism, message);
            }
        }

        return new ScheduleOutcome(runtime.Decisions.Count, runtime.EventHash, run.GoalsReached, run.Figures, violation, coverage?.Take())
        {
            Path = _corpus is null ? null : runtime.Decisions,
            Timed = timed,
            Way = (strategy as GuidedStrategy)?.Way ?? 0,
        };
    }

    private CoverageCollector? NewCollector()
    {
        if (_states is null)
        {
            return null;
        }

        if (_portfolio.Systematic is not null)
        {
            // What a schedule has met that is then abandoned is told by none: it must not be taken for told.
            _states.Clear();
        }

        return new CoverageCollector(_scenario.Cluster.Servers, _states);
    }

    private OneRun RunOnce(long iteration, CoverageCollector? coverage)
    {
        (Strategy strategy, bool timed) = _portfolio.For(
            iteration, _scenario.Clocks.HasFlag(Clocks.Timed), _scenario.Clocks.HasFlag(Clocks.Untimed));
        if (strategy is GuidedStrategy guided && _corpus is not null)
        {
            guided.Parents = _corpus[timed];
        }

        strategy.Begin(SplitMix.Mix(_options.Seed, (ulong)iteration), _scenario.Cluster.Servers, _unfairSteps);
        ControlledRuntime runtime = new(strategy, timed, _bounds) { Stop = Stop, Watchdog = Watchdog };
        if (coverage is not null)
        {
            coverage.Decisions = runtime.Decisions;
        }

        ScenarioRun run = new(_scenario, runtime, null, _options.IsMonitored, coverage);
        runtime.AfterStep = run.AfterStep;
        OneRun one = new(runtime, run, timed, strategy, coverage);
        _latest = (one, iteration);
        runtime.Run(run.RunAsync);
        if (runtime.IsAbandoned)
        {
            Stop.ThrowIfCancellationRequested();
            Watchdog?.Interrupted.ThrowIfCancellationRequested();
        }

        return one;
    }

    private FoundViolation Describe(long iteration, ControlledRuntime runtime, bool timed, Strategy strategy, string property, string message)
    {
        Assembly assembly = _scenario.Body.Method.Module.Assembly;
        ScheduleHeader header = new(
            _scenario.Name, strategy.Name, timed, _options.Seed, iteration, _unfairSteps,
            BuildFingerprint.Of(assembly), property, message)
        {
            Mutant = BuildFingerprint.MutantOf(assembly),
        };
        if (!_options.KeepSchedules)
        {
            return new FoundViolation(property, message, iteration, new Schedule(header, []));
        }

        Schedule schedule = Replayer.Describe(_scenario, header, runtime.Decisions, strategy.DrawsFaultMix, _options.IsMonitored, out bool same);
        if (!same && property != RuntimeFindings.Nondeterminism && property != RuntimeFindings.UncontrolledAwait)
        {
            message = $"schedule {iteration} violated {property} ({message}), and did not when its decisions were repeated";
            property = RuntimeFindings.Nondeterminism;
            schedule = schedule with { Header = header with { Property = property, Message = message } };
        }

        return new FoundViolation(property, message, iteration, schedule);
    }

    private readonly record struct OneRun(ControlledRuntime Runtime, ScenarioRun Run, bool Timed, Strategy Strategy, CoverageCollector? Coverage);
}
