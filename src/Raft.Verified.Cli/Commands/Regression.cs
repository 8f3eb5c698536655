using System.Diagnostics;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>A schedule of a past failure.</summary>
/// <param name="File">Its file.</param>
/// <param name="Schedule">The schedule.</param>
/// <param name="Scenario">The scenario that it names.</param>
internal sealed record Regression(string File, Schedule Schedule, Scenario Scenario)
{
    private const string Pattern = "*.schedule";

    /// <summary>The schedules in a folder that are of some scenarios, in the order of their names. All of the folder are read, so that none rots.</summary>
    /// <exception cref="InputException">The folder is missing or has no schedule, or a file is none that this build can run.</exception>
    public static IReadOnlyList<Regression> Read(CommandContext context, string folder, IReadOnlyList<Scenario> scenarios)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"--regressions is '{folder}', which is no folder; expected one with schedule files ({Pattern})");
        }

        string[] files = [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new InputException($"--regressions is '{folder}', which has no schedule file ({Pattern}); expected at least one");
        }

        return [.. files.Select(file => Read(context, file)).Where(regression => scenarios.Any(scenario => scenario.Name == regression.Scenario.Name))];
    }

    /// <summary>
    /// Runs the schedule, as far as it still fits, and fairly to the scenario's end. What it was recorded for is not to be there any more, nor
    /// anything else.
    /// </summary>
    /// <param name="outputDirectory">Where the run is kept when it violates something.</param>
    /// <param name="mutantFolder">The folder of this run's seeded bug; null for none.</param>
    /// <param name="watchdog">Watches that steps return.</param>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public RegressionFinding Run(string outputDirectory, string? mutantFolder, StepWatchdog watchdog)
    {
        long start = Stopwatch.GetTimestamp();
        TolerantOutcome outcome = TolerantReplay.Run(Scenario, Schedule, watchdog);
        KeptSchedule kept = outcome.Schedule is { } schedule
            ? KeptSchedule.Write(Path.Combine(outputDirectory, $"regression-{Path.GetFileName(File)}"), schedule, mutantFolder)
            : default;
        return new RegressionFinding(
            File, Scenario.Name, Schedule.Header.Property, Stopwatch.GetElapsedTime(start).TotalSeconds, outcome.Property, outcome.Message, kept.File, kept.Error);
    }

    private static Regression Read(CommandContext context, string file)
    {
        (Schedule schedule, Scenario scenario) = ScheduleArgument.Read(context, file);
        return new Regression(file, schedule, scenario);
    }
}
