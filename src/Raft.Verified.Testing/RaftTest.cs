using System.Runtime.CompilerServices;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Replays;

namespace Raft.Verified.Testing;

/// <summary>
/// The exploration of a scenario as a unit test, and the replay of kept schedules. Works in any test framework: a
/// failure is an exception, and nothing is written to the console. Tests may run in parallel.
/// </summary>
public static class RaftTest
{
    /// <summary>
    /// Replays the scenario's regressions, explores its schedules, and checks that its goals are reached. After a
    /// violation, shrinks the schedule and writes it to files, together with its readable log and its page.
    /// </summary>
    /// <param name="scenario">The scenario to explore.</param>
    /// <param name="options">The bounds and folders; null for the defaults.</param>
    /// <param name="cancellationToken">
    /// A token that ends the test early, without a verdict. A violation that was found before is still reported.
    /// </param>
    /// <param name="callerFile">
    /// The source file of the test, from which the folder of regressions is searched. The compiler passes it.
    /// </param>
    /// <returns>The work that was done without finding anything.</returns>
    /// <exception cref="RaftTestException">
    /// A property was violated or a goal was never reached. The message tells the story.
    /// </exception>
    /// <exception cref="ScheduleFormatException">A file in the folder of regressions is not a schedule.</exception>
    /// <exception cref="DirectoryNotFoundException">The folder of regressions in the options does not exist.</exception>
    /// <exception cref="ArgumentException">An option is invalid.</exception>
    /// <exception cref="OperationCanceledException">The token ended the test early.</exception>
    public static Task<RaftTestReport> ExploreAsync(
        Scenario scenario, RaftTestOptions? options = null, CancellationToken cancellationToken = default, [CallerFilePath] string callerFile = "")
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ScenarioTest test = new(scenario, TestBounds.FromEnvironment(options ?? new RaftTestOptions()), cancellationToken);
        return StartAsync(() => test.Explore(callerFile), cancellationToken);
    }

    /// <summary>
    /// Replays a kept schedule. The replay is exact when this build wrote the schedule. Otherwise it is tolerant: steps
    /// that no longer match the code are skipped, and the scenario then continues fairly to its end.
    /// </summary>
    /// <param name="file">The path of the schedule file.</param>
    /// <param name="scenario">The scenario of the schedule.</param>
    /// <param name="options">The folders and limits; null for the defaults.</param>
    /// <param name="cancellationToken">A token that ends the replay early.</param>
    /// <exception cref="RaftTestException">A property was violated. The message tells the story.</exception>
    /// <exception cref="ScheduleFormatException">The file cannot be read, or is not a schedule.</exception>
    /// <exception cref="ArgumentException">The schedule belongs to another scenario.</exception>
    /// <exception cref="OperationCanceledException">The token ended the replay early.</exception>
    public static void Replay(string file, Scenario scenario, RaftTestOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(scenario);
        new ScenarioTest(scenario, options ?? new RaftTestOptions(), cancellationToken).Replay(StoredSchedule.Read(file, scenario));
    }

    /// <inheritdoc cref="Replay(string, Scenario, RaftTestOptions?, CancellationToken)"/>
    /// <returns>A task that completes when the replay has passed.</returns>
    public static Task ReplayAsync(string file, Scenario scenario, RaftTestOptions? options = null, CancellationToken cancellationToken = default) =>
        StartAsync(
            () =>
            {
                Replay(file, scenario, options, cancellationToken);
                return true;
            },
            cancellationToken);

    // A thread of its own: the work would block a thread of the pool for seconds.
    private static Task<T> StartAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
