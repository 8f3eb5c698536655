using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;

namespace Raft.Verified.Testing;

/// <summary>The options of a test that explores a scenario or replays a schedule.</summary>
public sealed record RaftTestOptions
{
    /// <summary>
    /// The environment variable for the time of every exploration, in seconds. It replaces <see cref="Time"/> and lifts
    /// <see cref="Iterations"/>, so that a nightly run explores for longer than a run of the unit tests.
    /// </summary>
    public const string SecondsVariable = "RAFT_TEST_SECONDS";

    /// <summary>The real time to explore for; null for no limit. The default is 10 seconds.</summary>
    public TimeSpan? Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The number of schedules to explore; null for as many as the time allows. The exploration ends at the first of
    /// the two limits.
    /// </summary>
    public long? Iterations { get; init; }

    /// <summary>The seed. The same seed and build give the same schedules on every machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The strategy that chooses the schedules: one of <see cref="Portfolio.Names"/>.</summary>
    public string Strategy { get; init; } = Portfolio.Name;

    /// <summary>
    /// The number of schedules that run in parallel; at least 1. The default is one per processor. The violation that is
    /// reported does not depend on it.
    /// </summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// The number of steps after which an untimed schedule becomes fair; null for the number of the scenario.
    /// </summary>
    public int? UnfairSteps { get; init; }

    /// <summary>
    /// The real time after which a step counts as not returning; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.
    /// The default is 10 seconds.
    /// </summary>
    public TimeSpan StepTimeout { get; init; } = StepWatchdog.DefaultLimit;

    /// <summary>
    /// True when the test fails if a goal of the scenario was never reached, because the scenario then does not test
    /// what it is meant to. An exhausted exploration never fails by its goals.
    /// </summary>
    public bool GoalsMustBeReached { get; init; } = true;

    /// <summary>
    /// The real time after which shrinking ends with the smallest schedule so far; zero to keep the schedule as it was
    /// found. The default is 20 seconds.
    /// </summary>
    public TimeSpan ShrinkTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The folder for the files of failures, which is created when it is needed; null for the folder
    /// <c>raft-failures</c> beside the assembly of the tests.
    /// </summary>
    public string? OutputFolder { get; init; }

    /// <summary>
    /// The folder with schedules of past failures. An exploration first replays those of its scenario. Null for a
    /// folder named <c>regressions</c>, if there is one: in the folder of the test's source file or above it, up to the
    /// folder of the project; otherwise in the folder of the test's assembly or above it, up to the folder of the
    /// project. The empty string for no regressions.
    /// </summary>
    public string? RegressionFolder { get; init; }
}
