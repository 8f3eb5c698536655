using System.Diagnostics;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Cli.Commands;

/// <summary>
/// A test run, which explores scenarios one after the other, each with all workers. A time limit is divided in rounds.
/// <list type="bullet">
/// <item>The first round divides four fifths of the time equally among all scenarios.</item>
/// <item>
/// Each later round uses half of the remaining time, and the last round the rest. It continues the scenarios with
/// unreached goals, or all of them when every goal is reached.
/// </item>
/// <item>A scenario that violates a property, or is exhausted, leaves its time to the others.</item>
/// </list>
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
        Scenarios = [.. options.Scenarios.Select(scenario => new ScenarioExploration(scenario, _exploration, options.OutputDirectory, options.FollowUp))];
    }

    /// <summary>The options of the run.</summary>
    public TestOptions Options { get; }

    /// <summary>The scenarios, in the order in which they are explored.</summary>
    public IReadOnlyList<ScenarioExploration> Scenarios { get; }

    /// <summary>The time since the start.</summary>
    public TimeSpan Elapsed => _time.Elapsed;

    /// <summary>The remaining time; null when it is not limited.</summary>
    public TimeSpan? Left => _exploration.Time is { } time ? Max(time - _time.Elapsed, TimeSpan.Zero) : null;

    /// <summary>True when the user ended the run early.</summary>
    public bool WasInterrupted { get; private set; }

    /// <summary>Replays the regressions, and then explores for the time or the iterations of the options.</summary>
    /// <param name="interrupted">The token that ends the run early.</param>
    public void Run(CancellationToken interrupted)
    {
        try
        {
            ReplayRegressions(interrupted);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            // The report says how many regressions were replayed.
        }

        _time.Start();
        bool inRounds = _exploration is { Iterations: null, Time: not null } && Scenarios.Count > 1;
        RunEach(Scenarios, inRounds ? FirstRound : 1, interrupted);
        while (inRounds && Left > TimeSpan.Zero && !interrupted.IsCancellationRequested && Unfinished() is { Count: > 0 } unfinished)
        {
            RunEach(unfinished, Left > LastRound ? LaterRounds : 1, interrupted);
        }

        WasInterrupted = interrupted.IsCancellationRequested;
        if (Options.Keep && !WasInterrupted)
        {
            using StepWatchdog watchdog = new(_exploration.StepTimeout, interrupted);
            Scenarios[0].Keep(watchdog);
        }

        _time.Stop();
    }

    /// <summary>Returns the findings so far, for the reports.</summary>
    public TestFindings Findings() => new()
    {
        Build = Scenarios.Count == 0 ? null : CommandContext.Build(Scenarios[0].Scenario),
        Settings = new TestSettings(
            _exploration.Strategy, _exploration.Seed, _exploration.Iterations, _exploration.Time?.TotalSeconds, _exploration.UnfairSteps,
            Options.Regressions?.Count)
        {
            Schedule = Options.Schedule,
        },
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

    // Regressions are few and short. Shards divide them as they divide the schedules.
    private void ReplayRegressions(CancellationToken interrupted)
    {
        IReadOnlyList<Regression> all = Options.Regressions ?? [];
        using StepWatchdog watchdog = new(_exploration.StepTimeout, interrupted);
        for (int i = _exploration.Shard; i < all.Count && !interrupted.IsCancellationRequested; i += _exploration.Shards)
        {
            _regressions.Add(all[i].Run(Options.OutputDirectory, Options.FollowUp, watchdog));
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
        // A scenario that does not use all of its time leaves the rest to those after it.
        TimeSpan? reserve = Left * (1 - fraction);
        for (int i = 0; i < scenarios.Count && !interrupted.IsCancellationRequested && !IsHeldUp(); i++)
        {
            scenarios[i].Run((Left - reserve) / (scenarios.Count - i), interrupted);
        }
    }

    // A step that does not return costs its time limit in each scenario. After the time of the run, no further one is
    // started.
    private bool IsHeldUp() => Left <= TimeSpan.Zero && Scenarios.Any(scenario => scenario.Violation?.Property == RuntimeFindings.StepDoesNotReturn);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
