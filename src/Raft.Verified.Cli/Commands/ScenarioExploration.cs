using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>The exploration of one scenario as part of a test run. Read by the progress display while it runs.</summary>
internal sealed class ScenarioExploration(Scenario scenario, ExplorationOptions options, string outputDirectory, string? mutantFolder)
{
    private readonly Explorer _explorer = new(scenario, options);
    private volatile ExplorationReport? _report;
    private volatile bool _isRunning;
    private KeptSchedule? _kept;

    /// <summary>What is explored.</summary>
    public Scenario Scenario => scenario;

    /// <summary>Whether it runs just now.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>How far it is.</summary>
    public ExplorationProgress Progress => _explorer.Progress;

    /// <summary>What was done and found when it last ran; null before.</summary>
    public ExplorationReport? Report => _report;

    /// <summary>What was found; null for nothing so far.</summary>
    public FoundViolation? Violation => _report?.Violation;

    /// <summary>The goals not reached so far; none before it ran.</summary>
    public IEnumerable<string> UnreachedGoals => _report?.UnreachedGoals ?? [];

    /// <summary>What was done and found when it last ran, for the reports; null before.</summary>
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
    };

    /// <summary>Runs, or goes on, for some time or until the iterations are done.</summary>
    public void Run(TimeSpan? time, CancellationToken cancellationToken)
    {
        _isRunning = true;
        ExplorationReport report = _explorer.Continue(time, cancellationToken);
        if (report.Violation is { } violation)
        {
            // As soon as it is found: it is what the whole run is for.
            _kept ??= KeptSchedule.Write(outputDirectory, scenario.Name, report.Seed, violation, mutantFolder);
        }

        _report = report;
        _isRunning = false;
    }

    private ViolationFinding Describe(FoundViolation violation) => new(
        violation.Property, violation.Message, violation.Iteration, _kept?.File, _kept?.Error, violation.Schedule.Header.Strategy,
        ScenarioText.Clock(violation.Schedule.Header.Timed), violation.Schedule.Decisions.Count);
}
