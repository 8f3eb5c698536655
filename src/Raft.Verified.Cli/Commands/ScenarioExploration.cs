using Raft.Verified.Cli.Output;
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
            // As soon as it is found: it is what the whole run is for.
            KeptSchedule kept = KeptSchedule.Write(outputDirectory, scenario.Name, report.Seed, violation);
            (ScheduleFile, ScheduleFileError) = (kept.File, kept.Error);
        }

        _report = report;
        _isRunning = false;
    }
}
