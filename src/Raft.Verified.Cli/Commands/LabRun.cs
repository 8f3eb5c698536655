using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Cli.Commands;

/// <summary>Runs lab tests and keeps the schedules of what failed. Read by the display while it runs.</summary>
internal sealed class LabRun
{
    // A server that is wrong fails thousands of runs, each with megabytes of schedule; the others can be run again by their number.
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

    /// <summary>What was asked for.</summary>
    public LabOptions Options { get; }

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => _suite.Elapsed;

    /// <summary>Whether the user ended it early.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>How far a test is.</summary>
    public SuiteTotals TotalsOf(int test) => _suite.TotalsOf(test);

    /// <summary>All tests together: runs, failures, decisions; real and simulated time of one run of each.</summary>
    public (long Runs, long Failures, double RealSeconds, double SimulatedSeconds) Totals()
    {
        SuiteTotals[] totals = [.. Options.Tests.Select((_, test) => TotalsOf(test))];
        return (
            totals.Sum(test => test.Runs),
            totals.Sum(test => test.Failures),
            totals.Sum(test => test.RealSeconds / Math.Max(1, test.Runs)),
            totals.Sum(test => test.SimulatedSeconds));
    }

    /// <summary>The failures of a test, by their numbers.</summary>
    public IReadOnlyList<LabFailure> FailuresOf(int test)
    {
        lock (_gate)
        {
            return [.. _failures[test].OrderBy(failure => failure.Run)];
        }
    }

    /// <summary>Runs to the end, or until interrupted.</summary>
    public void Run(CancellationToken interrupted)
    {
        _suite.Run(Keep, interrupted);
        WasInterrupted = interrupted.IsCancellationRequested;
    }

    /// <summary>The exit status that tells what was found.</summary>
    public int ExitStatus()
    {
        LabFailure[] failures = [.. Options.Tests.SelectMany((_, test) => FailuresOf(test))];
        return failures.Any(failure => failure.Property == RuntimeFindings.Determinism) ? Cli.ExitStatus.Divergence
            : failures.Length > 0 ? Cli.ExitStatus.Violation
            : WasInterrupted ? Cli.ExitStatus.Interrupted
            : Cli.ExitStatus.NothingFound;
    }

    private void Keep(int test, FoundViolation violation)
    {
        KeptSchedule kept = _failures[test].Count < SchedulesKept
            ? KeptSchedule.Write(Options.OutputDirectory, Options.Tests[test].Scenario.Name, Options.Seed, violation, Options.FollowUp.MutantFolder)
            : default;
        lock (_gate)
        {
            _failures[test].Add(new LabFailure(violation.Iteration, violation.Property, violation.Message, kept.File, kept.Error));
        }
    }
}
