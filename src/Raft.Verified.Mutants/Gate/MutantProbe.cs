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
/// What is done inside of a mutant's world. Called from outside of it, where this type is another one: so what goes in and out are types of the framework.
/// </summary>
internal static class MutantProbe
{
    /// <summary>Explores a scenario: <c>scenario, strategy, seed, iterations, stepTimeout</c> (in seconds), and <c>keep</c> for the schedule.</summary>
    /// <returns><c>schedules, seconds</c>; when something was found <c>property, message, iteration, strategy, decisions, schedule</c>.</returns>
    public static JsonObject Explore(JsonObject request, CancellationToken stop)
    {
        Scenario scenario = Find((string)request["scenario"]!);
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

    /// <summary>Runs lab tests without monitors: <c>tests, runs, seed, stepTimeout</c>, and <c>untilCaught</c> when the first test that fails is enough.</summary>
    /// <returns><c>failed</c>: the tests that failed in some run, with how often; <c>runs</c>: how many runs were made.</returns>
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

    /// <summary>Shrinks a schedule: <c>schedule, seconds, stepTimeout</c>.</summary>
    /// <returns><c>schedule, decisions, fairEnd, seconds</c>.</returns>
    public static JsonObject Shrink(JsonObject request, CancellationToken stop)
    {
        Stopwatch time = Stopwatch.StartNew();
        Schedule found = ScheduleFile.Parse("schedule", ((string)request["schedule"]!).TrimEnd('\n').Split('\n'));
        ShrinkOptions options = new() { Time = TimeSpan.FromSeconds((double)request["seconds"]!), StepTimeout = TimeSpan.FromSeconds((double)request["stepTimeout"]!), Cancellation = stop };
        Schedule shrunk = Shrinker.Shrink(Find(found.Header.Scenario), found, options).Schedule;
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
