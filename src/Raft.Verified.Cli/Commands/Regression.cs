using System.Diagnostics;
using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>A regression: the schedule of a past failure.</summary>
/// <param name="File">The path of the schedule file.</param>
/// <param name="Schedule">The schedule in the file.</param>
/// <param name="Scenario">The scenario that the schedule names.</param>
internal sealed record Regression(string File, Schedule Schedule, Scenario Scenario)
{
    private const string Pattern = "*.schedule";

    /// <summary>
    /// Reads the regressions of some scenarios from a folder, in the order of their file names. All files are read, so
    /// that an unusable one is always noticed.
    /// </summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="scenarios">The scenarios whose regressions are returned.</param>
    /// <exception cref="InputException">
    /// The folder is missing or has no schedule file, or this build cannot run one of the files.
    /// </exception>
    public static IReadOnlyList<Regression> Read(CommandContext context, string folder, IReadOnlyList<Scenario> scenarios)
    {
        if (!Directory.Exists(folder))
        {
            throw new InputException($"--regressions is '{folder}', which is not a folder; expected a folder with schedule files ({Pattern})");
        }

        string[] files = [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal)];
        if (files.Length == 0)
        {
            throw new InputException($"--regressions is '{folder}', which has no schedule file ({Pattern}); expected at least one");
        }

        return [.. files.Select(file => Read(context, file)).Where(regression => scenarios.Any(scenario => scenario.Name == regression.Scenario.Name))];
    }

    /// <summary>
    /// Runs the schedule, skipping steps that no longer match the code, and then the fair scheduler to the end of the
    /// scenario. The run passes when no property is violated.
    /// </summary>
    /// <param name="outputDirectory">
    /// The folder for the schedule of this run, which is written after a violation.
    /// </param>
    /// <param name="origin">The places that this run is made from.</param>
    /// <param name="watchdog">The watchdog for steps that do not return.</param>
    /// <exception cref="OperationCanceledException">The run was interrupted.</exception>
    public RegressionFinding Run(string outputDirectory, FollowUp origin, StepWatchdog watchdog)
    {
        long start = Stopwatch.GetTimestamp();
        TolerantOutcome outcome = TolerantReplay.Run(Scenario, Schedule, watchdog);
        KeptSchedule kept = outcome.Schedule is { } schedule
            ? KeptSchedule.Write(Path.Combine(outputDirectory, $"regression-{Path.GetFileName(File)}"), schedule, origin)
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
