using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;

namespace Raft.Verified.Cli.Output;

/// <summary>What a test run found, for people: each violation with the way to see it again, goals that were never reached, and a summary.</summary>
internal static class TestReport
{
    /// <summary>Writes it.</summary>
    public static void Write(TestRun run, OutputStream stream)
    {
        foreach (ScenarioExploration scenario in run.Scenarios)
        {
            if (scenario.Violation is { } violation)
            {
                WriteViolation(scenario, violation, stream);
            }
            else if (scenario.UnreachedGoals.Any())
            {
                WriteGoals(scenario, run.FailsByGoals(scenario), stream);
            }
        }

        stream.Writer.WriteLine(Summary(run));
    }

    private static void WriteViolation(ScenarioExploration scenario, FoundViolation violation, OutputStream stream)
    {
        TextWriter writer = stream.Writer;
        string clock = ScenarioText.Clock(violation.Schedule.Header.Timed);
        writer.WriteLine($"{scenario.Scenario.Name}: {stream.Painted($"VIOLATION of {violation.Property}", Paint.Red)}");
        foreach (string line in Format.Lines(violation.Message))
        {
            writer.WriteLine($"  {line}");
        }

        writer.WriteLine($"  found in: schedule {violation.Iteration}, strategy {violation.Schedule.Header.Strategy}, {clock}, "
            + Format.Count(violation.Schedule.Decisions.Count, "decision"));
        if (scenario.ScheduleFile is { } file)
        {
            writer.WriteLine($"  schedule: {file}");
            writer.WriteLine($"  replay:   {ReplayInvocation.Of(file)}");
        }
        else
        {
            writer.WriteLine($"  schedule: {scenario.ScheduleFileError}");
        }

        writer.WriteLine();
    }

    private static void WriteGoals(ScenarioExploration scenario, bool fails, OutputStream stream)
    {
        string verdict = fails ? stream.Painted("GOALS NEVER REACHED", Paint.Red) : stream.Painted("goals not reached", Paint.Yellow);
        stream.Writer.WriteLine($"{scenario.Scenario.Name}: {verdict} in {Format.Count(scenario.Report!.Iterations, "schedule")}");
        foreach (string goal in scenario.UnreachedGoals)
        {
            stream.Writer.WriteLine($"  {goal}");
        }

        stream.Writer.WriteLine();
    }

    private static string Summary(TestRun run)
    {
        ExplorationReport[] reports = [.. run.Scenarios.Select(scenario => scenario.Report).OfType<ExplorationReport>()];
        long decisions = reports.Sum(report => report.Decisions);
        double seconds = reports.Sum(report => report.Seconds);
        int violations = run.Scenarios.Count(scenario => scenario.Violation is not null);
        int goals = run.Scenarios.Where(scenario => scenario.Violation is null).Sum(scenario => scenario.UnreachedGoals.Count());
        string found = violations == 0 ? "nothing found" : $"{Format.Count(violations, "violation")} found";
        bool allExplored = run.Scenarios.All(scenario => scenario.Report is not null && scenario.Violation is null);
        string reached = goals > 0 ? $"{Format.Count(goals, "goal")} not reached"
            : allExplored ? "every goal reached" : "every goal reached where the exploration went on to its end";
        string interrupted = run.WasInterrupted ? $"interrupted; {reports.Length} of " : "";
        return $"{interrupted}{Format.Count(run.Scenarios.Count, "scenario")}, {Format.Count(reports.Sum(report => report.Iterations), "schedule")}, "
            + $"{Format.Count(decisions, "decision")} in {Format.Seconds(run.Elapsed.TotalSeconds)} "
            + $"({Format.Number(decisions / Math.Max(seconds, 1e-9))} decisions/s, {Format.Count(run.Options.Exploration.Workers, "worker")}): {found}, {reached}";
    }
}
