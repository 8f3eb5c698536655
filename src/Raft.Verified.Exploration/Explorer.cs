using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Exploration;

/// <summary>
/// An exploration of a scenario with several workers. Outcomes are taken in the order of the schedules' numbers, so the
/// report does not depend on the number of workers. The violation with the lowest number is reported.
/// </summary>
public sealed class Explorer
{
    private readonly IExplorable _program;
    private readonly ExplorationOptions _options;
    private readonly ScheduleRunner?[] _runners;
    private readonly object _gate = new();
    private readonly Dictionary<long, ScheduleOutcome> _early = [];
    private readonly long[] _goals;
    private readonly long _end;
    private readonly CoverageTotals? _coverage;
    private readonly Corpus? _corpus;
    private readonly Stopwatch _time = new();
    private TimeSpan? _until;
    private long _started;
    private long _merged;
    private long _decisions;
    private ulong _hash;
    private FoundViolation? _violation;
    private Exhaustion? _exhausted;
    private volatile bool _stop;

    /// <summary>Prepares an exploration.</summary>
    /// <remarks>
    /// A <see cref="SystematicStrategy"/> always has one worker, because each of its schedules depends on the one
    /// before.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// An option is invalid, the exploration would never end, or the schedules of the strategy depend on each other and
    /// are to be sharded or not to begin with the first.
    /// </exception>
    public Explorer(IExplorable program, ExplorationOptions options)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Workers, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Shards, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Shard);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(options.Shard, options.Shards);
        ArgumentOutOfRangeException.ThrowIfNegative(options.FirstIteration);
        if (options.Iterations is null && options.Time is null)
        {
            throw new ArgumentException("neither iterations nor time are bounded; expected at least one of them", nameof(options));
        }

        bool systematic = new Portfolio(options.Strategy).Systematic is not null;
        if (systematic && options.Shards > 1)
        {
            throw new ArgumentException(
                $"strategy {options.Strategy} in {options.Shards} shards; expected 1: each of its schedules depends on the one before", nameof(options));
        }

        if (options.FirstIteration > 0 && !TracedRun.IsPossible(options.Strategy))
        {
            throw new ArgumentException(
                $"strategy {options.Strategy} from schedule {options.FirstIteration} on; expected 0: its schedules depend on those before", nameof(options));
        }

        if (options.Strategy == GuidedStrategy.GivenName)
        {
            _corpus = new Corpus();
            options = options with { CollectCoverage = true };
        }

        _program = program;
        _options = options;
        _runners = new ScheduleRunner?[systematic ? 1 : options.Workers];
        _end = options.Iterations is { } iterations && iterations < long.MaxValue - options.FirstIteration ? options.FirstIteration + iterations : long.MaxValue;
        _goals = new long[program.GoalNames.Count];
        _coverage = options.CollectCoverage ? new CoverageTotals() : null;
    }

    /// <summary>The progress of the exploration. May be read from any thread.</summary>
    public ExplorationProgress Progress
    {
        get
        {
            lock (_gate)
            {
                return new ExplorationProgress(_merged, _decisions, _goals.Count(count => count > 0), _time.Elapsed);
            }
        }
    }

    /// <summary>Runs until the iterations are done, the time is up, or something is found.</summary>
    /// <param name="cancellationToken">
    /// A token that ends the exploration early; the report covers the schedules that were run.
    /// </param>
    public ExplorationReport Run(CancellationToken cancellationToken = default) => Continue(_options.Time, cancellationToken);

    /// <summary>
    /// Continues where the last run stopped, as if that run had taken longer. Has no effect when the iterations are
    /// done, a violation was found, or a systematic strategy is exhausted.
    /// </summary>
    /// <param name="time">The additional real time; null to run until the iterations are done.</param>
    /// <param name="cancellationToken">
    /// A token that ends the exploration early; the report covers the schedules that were run.
    /// </param>
    /// <returns>The report since the first run began.</returns>
    public ExplorationReport Continue(TimeSpan? time, CancellationToken cancellationToken = default)
    {
        _until = _time.Elapsed + time;
        _stop = _violation is not null;
        _time.Start();
        using CancellationTokenRegistration registration = cancellationToken.Register(Stop);
        using StepWatchdog watchdog = new(_options.StepTimeout, cancellationToken);
        ExceptionDispatchInfo? error = WorkerThreads.Run(_runners.Length, worker => Work(worker, watchdog), Stop, watchdog, MergeLost);
        _time.Stop();
        if (_violation is null)
        {
            error?.Throw();
        }

        return new ExplorationReport
        {
            Scenario = _program.Name,
            Strategy = _options.Strategy,
            Seed = _options.Seed,
            Iterations = _merged,
            Decisions = _decisions,
            Seconds = _time.Elapsed.TotalSeconds,
            Workers = _runners.Length,
            Goals = [.. _program.GoalNames.Select((name, i) => (name, _goals[i]))],
            Violation = _violation,
            Exhausted = _exhausted,
            EventHash = _hash,
            Coverage = _coverage?.Read(),
        };
    }

    private void Work(int worker, StepWatchdog watchdog)
    {
        // The runner is kept, because a systematic strategy continues where it stopped.
        ScheduleRunner runner = _runners[worker] ??= new ScheduleRunner(_program, _options, _corpus);
        runner.Watchdog = watchdog;
        try
        {
            while (_exhausted is null && TakeNumber(out long number))
            {
                if (runner.Run(IterationOf(number)) is { } outcome)
                {
                    Merge(number, in outcome);
                }
                else
                {
                    _exhausted = runner.Exhausted;
                }
            }
        }
        catch (OperationCanceledException) when (watchdog.Interrupted.IsCancellationRequested)
        {
            // The watchdog has ended a step that did not return. Its schedule does not count.
        }
    }

    // An abandoned thread cannot report its schedule, so another thread does.
    private void MergeLost(int worker)
    {
        if (_runners[worker]?.DescribeLost() is { Violation: { } violation } outcome)
        {
            Merge((violation.Iteration - _options.FirstIteration - _options.Shard) / _options.Shards, in outcome);

            // This schedule counts even if an earlier one never ends.
            _violation ??= violation;
        }

        Stop();
    }

    private long IterationOf(long number) => _options.FirstIteration + (number * _options.Shards) + _options.Shard;

    // An outcome counts once all earlier ones have. Schedules beyond the first violation are not part of the report.
    private void Merge(long number, in ScheduleOutcome outcome)
    {
        lock (_gate)
        {
            _early.Add(number, outcome);
            while (_violation is null && _early.Remove(_merged, out ScheduleOutcome next))
            {
                // A sum, so that the hashes of all shards add up to the hash of the unsharded run.
                _hash = unchecked(_hash + SplitMix.Mix((ulong)IterationOf(_merged), next.EventHash));
                _merged++;
                _decisions += next.Decisions;
                for (int i = 0; i < _goals.Length; i++)
                {
                    _goals[i] += (long)((next.GoalsReached >> i) & 1);
                }

                IReadOnlyList<int>? newAt = _coverage?.Add(next.Coverage!);
                _corpus?.Add(_merged - 1, next.Path, next.Timed, next.Way, newAt!);
                if (next.Violation is { } violation)
                {
                    _violation = violation;
                    _stop = true;
                }
            }

            if (_time.Elapsed >= _until)
            {
                _stop = true;
            }

            Monitor.PulseAll(_gate);
        }
    }

    // Takes the number of the next schedule, if there is one. A guided schedule waits until the schedules it continues from
    // are counted.
    private bool TakeNumber(out long number)
    {
        lock (_gate)
        {
            while (!_stop && IterationOf(_started) < _end)
            {
                if (_corpus is null || Corpus.MayBegin(_started, _merged))
                {
                    number = _started++;
                    return true;
                }

                Monitor.Wait(_gate);
            }

            number = 0;
            return false;
        }
    }

    private void Stop()
    {
        lock (_gate)
        {
            _stop = true;
            Monitor.PulseAll(_gate);
        }
    }
}
