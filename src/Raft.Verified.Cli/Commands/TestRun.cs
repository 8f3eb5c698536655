using System.Diagnostics;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// Explores scenarios one after the other, each with all workers. A time given for the run is divided. In the first round every scenario
/// gets an equal part of four fifths of it. The rounds that follow use half of what is left each, the last one the rest, for the scenarios
/// with goals not reached so far, which go on where they stopped; when every goal is reached, for all of them. A scenario that violates a
/// property, or of which everything was run, is done, and leaves its time to the others.
/// </summary>
internal sealed class TestRun
{
    private const double FirstRound = 0.8;

    private const double LaterRounds = 0.5;

    private static readonly TimeSpan LastRound = TimeSpan.FromSeconds(1);

    private readonly ExplorationOptions _exploration;
    private readonly List<RegressionFinding> _regressions = [];
    private readonly Stopwatch _time = new();

    public TestRun(TestOptions options)
    {
        Options = options;
        _exploration = options.Exploration;
        Scenarios = [.. options.Scenarios.Select(scenario => new ScenarioExploration(scenario, _exploration, options.OutputDirectory, options.FollowUp.MutantFolder))];
    }

    /// <summary>What was asked for.</summary>
    public TestOptions Options { get; }

    /// <summary>The scenarios, in the order in which they are explored.</summary>
    public IReadOnlyList<ScenarioExploration> Scenarios { get; }

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    /// <summary>The time still to go; null when it is not limited.</summary>
    public TimeSpan? Left => _exploration.Time is { } time ? Max(time - _time.Elapsed, TimeSpan.Zero) : null;

    /// <summary>Whether the user ended it early.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>
    /// Replays the schedules of past failures, then explores. Exploring takes as long as the options say; <paramref name="interrupted"/> ends it
    /// early.
    /// </summary>
    public void Run(CancellationToken interrupted)
    {
        try
        {
            ReplayRegressions(interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // The report tells how many were replayed.
        }

        _time.Start();
        bool inRounds = _exploration is { Iterations: null, Time: not null } && Scenarios.Count > 1;
        RunEach(Scenarios, inRounds ? FirstRound : 1, interrupted);
        while (inRounds && Left > TimeSpan.Zero && !interrupted.IsCancellationRequested && Unfinished() is { Count: > 0 } unfinished)
        {
            RunEach(unfinished, Left > LastRound ? LaterRounds : 1, interrupted);
        }

        WasInterrupted = interrupted.IsCancellationRequested;
        _time.Stop();
    }

    /// <summary>What was done and found, for the reports.</summary>
    public TestFindings Findings() => new()
    {
        Build = Scenarios.Count == 0 ? null : CommandContext.Build(Scenarios[0].Scenario),
        Settings = new TestSettings(
            _exploration.Strategy, _exploration.Seed, _exploration.Iterations, _exploration.Time?.TotalSeconds, _exploration.UnfairSteps,
            Options.Regressions?.Count),
        Shard = _exploration.Shard + 1,
        Shards = _exploration.Shards,
        Workers = _exploration.Workers,
        FollowUp = Options.FollowUp,
        Seconds = Elapsed.TotalSeconds,
        WasInterrupted = WasInterrupted,
        Regressions = _regressions,
        Runs = [.. Scenarios.Select(scenario => scenario.Findings).OfType<ScenarioFindings>()],
        NotRun = [.. Scenarios.Where(scenario => scenario.Findings is null).Select(scenario => scenario.Scenario.Name)],
    };

    // They are few and short; shards divide them as they do the schedules.
    private void ReplayRegressions(CancellationToken interrupted)
    {
        IReadOnlyList<Regression> all = Options.Regressions ?? [];
        using StepWatchdog watchdog = new(_exploration.StepTimeout, interrupted);
        for (int i = _exploration.Shard; i < all.Count && !interrupted.IsCancellationRequested; i += _exploration.Shards)
        {
            _regressions.Add(all[i].Run(Options.OutputDirectory, Options.FollowUp.MutantFolder, watchdog));
        }
    }

    private IReadOnlyList<ScenarioExploration> Unfinished()
    {
        ScenarioExploration[] sound = [.. Scenarios.Where(scenario => scenario is { Violation: null, Report: null or { Exhausted: null } })];
        ScenarioExploration[] unreached = [.. sound.Where(scenario => scenario.UnreachedGoals.Any())];
        return unreached.Length > 0 ? unreached : sound;
    }

    private void RunEach(IReadOnlyList<ScenarioExploration> scenarios, double fraction, CancellationToken interrupted)
    {
        // What one scenario leaves of its part is for those after it.
        TimeSpan? reserve = Left * (1 - fraction);
        for (int i = 0; i < scenarios.Count && !interrupted.IsCancellationRequested && !IsHeldUp(); i++)
        {
            scenarios[i].Run((Left - reserve) / (scenarios.Count - i), interrupted);
        }
    }

    // A step that does not return takes its time in each scenario: beyond the run's own time there are no more of them.
    private bool IsHeldUp() => Left <= TimeSpan.Zero && Scenarios.Any(scenario => scenario.Violation?.Property == RuntimeFindings.StepDoesNotReturn);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
