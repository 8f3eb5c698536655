using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// The exploration of one scenario as part of a test run. The display may read its state from another thread.
/// </summary>
/// <param name="scenario">The scenario to explore.</param>
/// <param name="options">The options of the exploration.</param>
/// <param name="outputDirectory">The folder for schedule files.</param>
/// <param name="origin">The places that this run is made from.</param>
internal sealed class ScenarioExploration(Scenario scenario, ExplorationOptions options, string outputDirectory, FollowUp origin)
{
    private readonly Explorer _explorer = new(scenario, options);
    private volatile ExplorationReport? _report;
    private volatile bool _isRunning;
    private KeptSchedule? _kept;
    private Schedule? _recorded;

    /// <summary>The scenario that is explored.</summary>
    public Scenario Scenario => scenario;

    /// <summary>True while the exploration runs.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>The progress so far.</summary>
    public ExplorationProgress Progress => _explorer.Progress;

    /// <summary>The report of the exploration so far; null before the first run.</summary>
    public ExplorationReport? Report => _report;

    /// <summary>The violation found; null when there is none so far.</summary>
    public FoundViolation? Violation => _report?.Violation;

    /// <summary>The goals not reached so far; empty before the first run.</summary>
    public IEnumerable<string> UnreachedGoals => _report?.UnreachedGoals ?? [];

    /// <summary>The findings so far, for the reports; null before the first run.</summary>
    public ScenarioFindings? Findings => _report is not { } report ? null : new()
    {
        Scenario = report.Scenario,
        Iterations = report.Iterations,
        Decisions = report.Decisions,
        Seconds = report.Seconds,
        Workers = report.Workers,
        EventHash = report.EventHash,
        Goals = report.Goals,
        Exhausted = report.Exhausted,
        Violations = report.Violation is { } violation ? [Describe(violation)] : [],
        Coverage = report.Coverage,
        Kept = _recorded is { } schedule ? DescribeKept(schedule) : null,
    };

    /// <summary>
    /// Writes the only schedule of the exploration to its file, if it violates nothing. The schedule of a violation is
    /// written in any case.
    /// </summary>
    /// <param name="watchdog">The watchdog for steps that do not return.</param>
    public void Keep(StepWatchdog watchdog)
    {
        if (_report is { Violation: null, Iterations: 1 } report)
        {
            _recorded = TracedRun.Record(scenario, options, options.FirstIteration, watchdog);
            _kept = KeptSchedule.Write(outputDirectory, scenario.Name, report.Seed, options.FirstIteration, _recorded, origin);
        }
    }

    /// <summary>Starts or continues the exploration.</summary>
    /// <param name="time">The maximum duration; null to run until the iterations are done.</param>
    /// <param name="cancellationToken">The token that ends the exploration early.</param>
    public void Run(TimeSpan? time, CancellationToken cancellationToken)
    {
        _isRunning = true;
        ExplorationReport report = _explorer.Continue(time, cancellationToken);
        if (report.Violation is { } violation)
        {
            // The schedule is written at once, because it is the purpose of the whole run.
            _kept ??= KeptSchedule.Write(outputDirectory, scenario.Name, report.Seed, violation.Iteration, violation.Schedule, origin);
        }

        _report = report;
        _isRunning = false;
    }

    private KeptFinding DescribeKept(Schedule schedule) => new(
        schedule.Header.Iteration, _kept?.File, _kept?.Error, schedule.Header.Strategy, ScenarioText.Clock(schedule.Header.Timed), schedule.Decisions.Count);

    private ViolationFinding Describe(FoundViolation violation) => new(
        violation.Property, violation.Message, violation.Iteration, _kept?.File, _kept?.Error, violation.Schedule.Header.Strategy,
        ScenarioText.Clock(violation.Schedule.Header.Timed), violation.Schedule.Decisions.Count);
}
