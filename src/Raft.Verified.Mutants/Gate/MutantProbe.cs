using System.Diagnostics;
using System.Text.Json.Nodes;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Mutants.Gate;

/// <summary>
/// The part of a trial that runs inside a <see cref="Compilation.MutantWorld"/>. The caller is outside, where this type
/// is a different one, so requests and answers are framework types.
/// </summary>
internal static class MutantProbe
{
    /// <summary>Explores a scenario until a property is violated or the iterations are used up.</summary>
    /// <param name="request">
    /// The fields <c>scenario, strategy, seed, iterations, stepTimeout</c> (seconds), and <c>keep</c>, true to return
    /// the schedule.
    /// </param>
    /// <param name="stop">The token that ends the exploration early.</param>
    /// <returns>
    /// The fields <c>schedules, seconds</c>; after a violation also
    /// <c>property, message, iteration, strategy, decisions, schedule</c>.
    /// </returns>
    public static JsonObject Explore(JsonObject request, CancellationToken stop) => ExploreScenario(Find((string)request["scenario"]!), request, stop);

    /// <summary>Explores a scenario that the caller has found.</summary>
    /// <param name="scenario">The scenario to explore.</param>
    /// <param name="request">The other fields of the request.</param>
    /// <param name="stop">The token that ends the exploration early.</param>
    public static JsonObject ExploreScenario(Scenario scenario, JsonObject request, CancellationToken stop)
    {
        ExplorationOptions options = new()
        {
            Strategy = (string)request["strategy"]!,
            Seed = (ulong)request["seed"]!,
            Iterations = (long)request["iterations"]!,
            Workers = 1,
            KeepSchedules = (bool)request["keep"]!,
            StepTimeout = TimeSpan.FromSeconds((double)request["stepTimeout"]!),
        };
        ExplorationReport report = new Explorer(scenario, options).Run(stop);
        JsonObject answer = new() { ["schedules"] = report.Iterations, ["seconds"] = report.Seconds };
        if (report.Violation is { } violation)
        {
            answer["property"] = violation.Property;
            answer["message"] = violation.Message;
            answer["iteration"] = violation.Iteration;
            answer["strategy"] = violation.Schedule.Header.Strategy;
            answer["decisions"] = violation.Schedule.Decisions.Count;
            answer["schedule"] = options.KeepSchedules ? ScheduleFile.Format(violation.Schedule) : null;
        }

        return answer;
    }

    /// <summary>Runs lab tests without monitors.</summary>
    /// <param name="request">
    /// The fields <c>tests, runs, seed, stepTimeout</c> (seconds), and <c>untilCaught</c>, true to stop after the first
    /// test that fails.
    /// </param>
    /// <param name="stop">The token that ends the runs early.</param>
    /// <returns>
    /// The fields <c>failed</c>, the number of failed runs by test, for tests with any; and <c>runs</c>, the number of
    /// all runs.
    /// </returns>
    public static JsonObject Lab(JsonObject request, CancellationToken stop)
    {
        ExplorationOptions options = new()
        {
            Strategy = "random",
            Seed = (ulong)request["seed"]!,
            Workers = 1,
            IsMonitored = false,
            KeepSchedules = false,
        };
        long runs = (long)request["runs"]!;
        using StepWatchdog watchdog = new(TimeSpan.FromSeconds((double)request["stepTimeout"]!), stop);
        JsonObject failed = [];
        long made = 0;
        foreach (string name in request["tests"]!.AsArray().Select(test => (string)test!))
        {
            if (stop.IsCancellationRequested || (failed.Count > 0 && (bool)request["untilCaught"]!))
            {
                break;
            }

            Scenario scenario = LabSuite.All.First(test => test.Name == name).Scenario;
            ScheduleRunner runner = new(scenario, options) { Stop = stop, Watchdog = watchdog };
            long failures = 0;
            for (long run = 0; run < runs && !stop.IsCancellationRequested; run++, made++)
            {
                bool fails = false;
                long number = run;
                bool isBack = watchdog.RunApart(() => fails = runner.Run(number)?.Violation is not null);
                failures += fails || !isBack ? 1 : 0;
            }

            if (failures > 0)
            {
                failed[name] = failures;
            }
        }

        return new JsonObject { ["failed"] = failed, ["runs"] = made };
    }

    /// <summary>Shrinks a schedule.</summary>
    /// <param name="request">
    /// The fields <c>schedule</c>, <c>seconds</c> (the time limit) and <c>stepTimeout</c> (seconds).
    /// </param>
    /// <param name="stop">The token that ends shrinking early.</param>
    /// <returns>The fields <c>schedule, decisions, fairEnd, seconds</c> of the shrunk schedule.</returns>
    public static JsonObject Shrink(JsonObject request, CancellationToken stop) => ShrinkWith(Find, request, stop);

    /// <summary>Shrinks a schedule of a scenario that the caller finds.</summary>
    /// <param name="find">The function that returns the scenario with the given name.</param>
    /// <param name="request">The request.</param>
    /// <param name="stop">The token that ends shrinking early.</param>
    public static JsonObject ShrinkWith(Func<string, Scenario> find, JsonObject request, CancellationToken stop)
    {
        Stopwatch time = Stopwatch.StartNew();
        Schedule found = ScheduleFile.Parse("schedule", ((string)request["schedule"]!).TrimEnd('\n').Split('\n'));
        ShrinkOptions options = new() { Time = TimeSpan.FromSeconds((double)request["seconds"]!), StepTimeout = TimeSpan.FromSeconds((double)request["stepTimeout"]!), Cancellation = stop };
        Schedule shrunk = Shrinker.Shrink(find(found.Header.Scenario), found, options).Schedule;
        return new JsonObject
        {
            ["schedule"] = ScheduleFile.Format(shrunk),
            ["decisions"] = shrunk.Decisions.Count,
            ["fairEnd"] = shrunk.Tail?.Decisions ?? 0,
            ["seconds"] = time.Elapsed.TotalSeconds,
        };
    }

    private static Scenario Find(string name) =>
        MutantGate.Find(name) ?? throw new InvalidOperationException($"unknown scenario '{name}' ('raft list' lists them)");
}
