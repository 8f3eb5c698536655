using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>
/// A run of every scenario of a suite a number of times, even after violations: first each scenario once, then each of
/// them again. Run i of a scenario and a seed is always the same schedule. It depends neither on the number of workers
/// nor on the other programs.
/// </summary>
public sealed class SuiteRun
{
    private readonly IReadOnlyList<IExplorable> _programs;
    private readonly ExplorationOptions _options;
    private readonly Totals[] _totals;
    private readonly object _gate = new();
    private readonly Stopwatch _time = new();
    private readonly long _items;
    private long _started;
    private volatile bool _stop;

    /// <summary>Prepares a run.</summary>
    /// <param name="programs">The programs of the suite.</param>
    /// <param name="options">
    /// The strategy, the seed, the workers, and the number of runs as <see cref="ExplorationOptions.Iterations"/>.
    /// Other options are ignored.
    /// </param>
    /// <param name="firstRun">The number of the first run, from 0.</param>
    /// <exception cref="ArgumentException">
    /// An option is invalid, the number of runs is missing, or the strategy is systematic, so its schedules cannot be
    /// run by their numbers.
    /// </exception>
    public SuiteRun(IReadOnlyList<IExplorable> programs, ExplorationOptions options, long firstRun = 0)
    {
        ArgumentNullException.ThrowIfNull(programs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(firstRun);
        if (new Portfolio(options.Strategy).Systematic is not null)
        {
            throw new ArgumentException($"the schedules of strategy {options.Strategy} depend on each other; expected another strategy", nameof(options));
        }

        _programs = programs;
        _options = options;
        FirstRun = firstRun;
        _totals = [.. programs.Select(_ => new Totals())];
        _items = checked((options.Iterations ?? throw new ArgumentException("the number of runs is missing", nameof(options))) * programs.Count);
    }

    /// <summary>The number of the first run.</summary>
    public long FirstRun { get; }

    /// <summary>The real time since the beginning.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    /// <summary>Returns the totals of a scenario so far. May be called from any thread.</summary>
    public SuiteTotals TotalsOf(int scenario)
    {
        lock (_gate)
        {
            return _totals[scenario].Read();
        }
    }

    /// <summary>Runs the suite to the end.</summary>
    /// <param name="found">
    /// The callback for each violation, with the scenario's position and the violation. Any worker may call it, one at
    /// a time, in order of time rather than of numbers.
    /// </param>
    /// <param name="cancellationToken">A token that ends the run early; schedules in progress do not count.</param>
    public void Run(Action<int, FoundViolation> found, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(found);
        _time.Start();
        using CancellationTokenRegistration registration = cancellationToken.Register(() => _stop = true);
        using StepWatchdog watchdog = new(_options.StepTimeout, cancellationToken);
        ScheduleRunner?[] running = new ScheduleRunner?[_options.Workers];
        ExceptionDispatchInfo? error = WorkerThreads.Run(
            _options.Workers, worker => Work(worker, running, found, watchdog), () => _stop = true, watchdog, worker => AddLost(running[worker], found));
        _time.Stop();
        error?.Throw();
    }

    private void Work(int worker, ScheduleRunner?[] running, Action<int, FoundViolation> found, StepWatchdog watchdog)
    {
        ScheduleRunner[] runners = [.. _programs.Select(program => new ScheduleRunner(program, _options) { Stop = watchdog.Interrupted, Watchdog = watchdog })];
        try
        {
            Work(runners, runner => running[worker] = runner, found);
        }
        catch (OperationCanceledException) when (watchdog.Interrupted.IsCancellationRequested)
        {
            // The user has ended the run.
        }
    }

    private void AddLost(ScheduleRunner? runner, Action<int, FoundViolation> found)
    {
        _stop = true;
        if (runner?.DescribeLost() is { Violation: { } violation } outcome)
        {
            int scenario = _programs.TakeWhile(other => other.Name != violation.Schedule.Header.Scenario).Count();
            Add(scenario, violation.Iteration, in outcome, TimeSpan.Zero, found);
        }
    }

    private void Add(int scenario, long iteration, in ScheduleOutcome outcome, TimeSpan took, Action<int, FoundViolation> found)
    {
        lock (_gate)
        {
            _totals[scenario].Add(iteration, in outcome, took);
            if (outcome.Violation is { } violation)
            {
                // Each further violation of this kind would take the whole step timeout.
                _stop |= violation.Property == RuntimeFindings.StepDoesNotReturn;
                found(scenario, violation);
            }
        }
    }

    private void Work(ScheduleRunner[] runners, Action<ScheduleRunner> starting, Action<int, FoundViolation> found)
    {
        while (!_stop)
        {
            long item = Interlocked.Increment(ref _started) - 1;
            if (item >= _items)
            {
                return;
            }

            int scenario = (int)(item % _programs.Count);
            long iteration = FirstRun + (item / _programs.Count);
            long began = Stopwatch.GetTimestamp();
            starting(runners[scenario]);
            if (runners[scenario].Run(iteration) is not { } outcome)
            {
                return;
            }

            Add(scenario, iteration, in outcome, Stopwatch.GetElapsedTime(began), found);
        }
    }

    /// <summary>The sums of one scenario, which do not depend on the order in which runs end.</summary>
    private sealed class Totals
    {
        private long _runs;
        private long _failures;
        private long _decisions;
        private TimeSpan _real;
        private TimeSpan _simulated;
        private long[] _counts = [];
        private ulong _hash;

        public void Add(long iteration, in ScheduleOutcome outcome, TimeSpan took)
        {
            _runs++;
            _real += took;
            _decisions += outcome.Decisions;
            _hash = unchecked(_hash + SplitMix.Mix((ulong)iteration, outcome.EventHash));
            if (outcome.Violation is null && outcome.Figures is { } figures)
            {
                _simulated += figures.Simulated;
                if (_counts.Length == 0)
                {
                    _counts = new long[figures.Counts.Count];
                }

                for (int i = 0; i < _counts.Length; i++)
                {
                    _counts[i] += figures.Counts[i];
                }
            }
            else
            {
                _failures++;
            }
        }

        public SuiteTotals Read()
        {
            double passes = Math.Max(1, _runs - _failures);
            return new SuiteTotals
            {
                Runs = _runs,
                Failures = _failures,
                Decisions = _decisions,
                RealSeconds = _real.TotalSeconds,
                SimulatedSeconds = _simulated.TotalSeconds / passes,
                Averages = [.. _counts.Select(count => count / passes)],
                EventHash = _hash,
            };
        }
    }
}
