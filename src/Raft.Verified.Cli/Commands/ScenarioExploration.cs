using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>The exploration of one scenario as part of a test run. Read by the progress display while it runs.</summary>
internal sealed class ScenarioExploration(Scenario scenario, ExplorationOptions options, string outputDirectory)
{
    private readonly Explorer _explorer = new(scenario, options);
    private volatile ExplorationReport? _report;
    private volatile bool _isRunning;

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

    /// <summary>Whether what was found is that the run was not deterministic.</summary>
    public bool IsNondeterministic => Violation?.Property == RuntimeFindings.Nondeterminism;

    /// <summary>The goals not reached so far; none before it ran.</summary>
    public IEnumerable<string> UnreachedGoals => _report?.UnreachedGoals ?? [];

    /// <summary>The file that holds the schedule of the violation; null when there is none.</summary>
    public string? ScheduleFile { get; private set; }

    /// <summary>Why that file could not be written; null when it could.</summary>
    public string? ScheduleFileError { get; private set; }

    /// <summary>Runs, or goes on, for some time or until the iterations are done.</summary>
    public void Run(TimeSpan? time, CancellationToken cancellationToken)
    {
        _isRunning = true;
        ExplorationReport report = _explorer.Continue(time, cancellationToken);
        if (report.Violation is { } violation && ScheduleFile is null)
        {
            WriteSchedule(report, violation);
        }

        _report = report;
        _isRunning = false;
    }

    // Written as soon as it is found: it is what the whole run is for. Where it cannot be, the finding still is reported.
    private void WriteSchedule(ExplorationReport report, FoundViolation violation)
    {
        string path = Path.Combine(outputDirectory, $"{scenario.Name}-{report.Seed}-{violation.Iteration}.schedule");
        try
        {
            Exploration.Schedules.ScheduleFile.Write(path, violation.Schedule);
            ScheduleFile = path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ScheduleFileError = $"{path}: cannot be written: {exception.Message}";
        }
    }
}
