using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// A run of lab tests that keeps the schedules of failures. The display may read its state from another thread.
/// </summary>
internal sealed class LabRun
{
    // A faulty server fails thousands of runs, each with megabytes of schedule. Runs without a kept schedule can be
    // repeated by their number.
    private const int SchedulesKept = 10;

    private readonly SuiteRun _suite;
    private readonly object _gate = new();
    private readonly List<LabFailure>[] _failures;

    public LabRun(LabOptions options)
    {
        Options = options;
        _failures = [.. options.Tests.Select(_ => new List<LabFailure>())];
        _suite = new SuiteRun(
            [.. options.Tests.Select(test => test.Scenario)],
            new ExplorationOptions { Strategy = "random", Seed = options.Seed, Iterations = options.Runs, Workers = options.Workers, StepTimeout = options.StepTimeout },
            options.FirstRun);
    }

    /// <summary>The options of the run.</summary>
    public LabOptions Options { get; }

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => _suite.Elapsed;

    /// <summary>True when the user ended the run early.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Returns the totals of a test so far.</summary>
    /// <param name="test">The index of the test in the options.</param>
    public SuiteTotals TotalsOf(int test) => _suite.TotalsOf(test);

    /// <summary>Returns all tests with their totals so far.</summary>
    public IEnumerable<(LabSuiteTest Test, SuiteTotals Totals)> Tests() => Options.Tests.Select((test, i) => (test, TotalsOf(i)));

    /// <summary>
    /// Returns the totals over all tests so far: runs and failures, and the real and simulated time of one run of each
    /// test.
    /// </summary>
    public (long Runs, long Failures, double RealSeconds, double SimulatedSeconds) Totals()
    {
        SuiteTotals[] totals = [.. Options.Tests.Select((_, test) => TotalsOf(test))];
        return (
            totals.Sum(test => test.Runs),
            totals.Sum(test => test.Failures),
            totals.Sum(test => test.RealSeconds / Math.Max(1, test.Runs)),
            totals.Sum(test => test.SimulatedSeconds));
    }

    /// <summary>Returns the failures of a test so far, in the order of their run numbers.</summary>
    /// <param name="test">The index of the test in the options.</param>
    public IReadOnlyList<LabFailure> FailuresOf(int test)
    {
        lock (_gate)
        {
            return [.. _failures[test].OrderBy(failure => failure.Run)];
        }
    }

    /// <summary>Runs the tests to the end, or until interrupted.</summary>
    /// <param name="interrupted">The token that ends the run early.</param>
    public void Run(CancellationToken interrupted)
    {
        _suite.Run(Keep, interrupted);
        WasInterrupted = interrupted.IsCancellationRequested;
    }

    /// <summary>Returns the exit status for the result of the run.</summary>
    public int ExitStatus()
    {
        LabFailure[] failures = [.. Options.Tests.SelectMany((_, test) => FailuresOf(test))];
        return failures.Any(failure => failure.Property == RuntimeFindings.Repeatability) ? Cli.ExitStatus.Divergence
            : failures.Length > 0 ? Cli.ExitStatus.Violation
            : WasInterrupted ? Cli.ExitStatus.Interrupted
            : Cli.ExitStatus.NothingFound;
    }

    private void Keep(int test, FoundViolation violation)
    {
        KeptSchedule kept = _failures[test].Count < SchedulesKept
            ? KeptSchedule.Write(
                Options.OutputDirectory, Options.Tests[test].Scenario.Name, Options.Seed, violation.Iteration, violation.Schedule, Options.FollowUp)
            : default;
        lock (_gate)
        {
            _failures[test].Add(new LabFailure(violation.Iteration, violation.Property, violation.Message, kept.File, kept.Error));
        }
    }
}
