using Raft.Verified.Cli.Output.Coverage;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// The report of a test run for people: each violation with the commands that reproduce it, unreached goals, and a
/// summary.
/// </summary>
internal static class TestReport
{
    /// <summary>Writes a line about the regressions, if any, one line per scenario, and an empty line.</summary>
    /// <param name="findings">The findings of the run.</param>
    /// <param name="stream">The destination of the report.</param>
    public static void WriteScenarios(TestFindings findings, OutputStream stream)
    {
        WriteRegressions(findings, stream);
        int nameWidth = findings.Runs.Count == 0 ? 0 : findings.Runs.Max(run => run.Scenario.Length);
        foreach (ScenarioFindings run in findings.Runs)
        {
            string goals = $"goals {run.Goals.Count(goal => goal.Count > 0)}/{run.Goals.Count}";
            stream.WriteText(
                $"{Format.OneLine(run.Scenario).PadRight(nameWidth)}  {Format.Count(run.Iterations, "schedule"),18}  "
                + $"{Format.Number(run.Decisions / Math.Max(run.Seconds, 1e-9)),11} decisions/s  {Format.Seconds(run.Seconds),8}  {goals,-11}  {Format.OneLine(run.Verdict)}");
        }

        stream.Writer.WriteLine();
    }

    /// <summary>Writes a line about the regressions, if the run had any to replay.</summary>
    /// <param name="findings">The findings of the run.</param>
    /// <param name="stream">The destination of the report.</param>
    public static void WriteRegressions(TestFindings findings, OutputStream stream)
    {
        if (findings.Settings.Regressions is not { } all)
        {
            return;
        }

        string part = findings.Regressions.Count < all ? $" of {Format.Number(all)}" : "";
        int failed = findings.Regressions.Count(regression => regression.Fails);
        string found = failed == 0 ? "ok" : $"VIOLATIONS in {Format.Number(failed)}";
        stream.WriteText($"regressions: {Format.Count(findings.Regressions.Count, "schedule")}{part} replayed: {found}");
    }

    /// <summary>Writes the violations, the unreached goals and the summary.</summary>
    /// <param name="findings">The findings of the run.</param>
    /// <param name="stream">The destination of the report.</param>
    public static void Write(TestFindings findings, OutputStream stream)
    {
        foreach (RegressionFinding regression in findings.Regressions.Where(regression => regression.Fails))
        {
            WriteRegression(regression, findings.FollowUp, stream);
        }

        foreach (ScenarioFindings run in findings.Runs)
        {
            foreach (ViolationFinding violation in run.Violations)
            {
                WriteViolation(run.Scenario, violation, findings.FollowUp, stream);
            }

            if (run.Kept is { } kept)
            {
                WriteKept(run.Scenario, kept, findings.FollowUp, stream);
            }

            if (run.Exhausted is { } exhausted)
            {
                string leftOut = exhausted.LeftOut is { } what ? $"; {Format.OneLine(what)}" : "";
                stream.WriteText(
                    $"{Format.OneLine(run.Scenario)}: exhausted: all {Format.Count(run.Iterations, "schedule")} within the first "
                    + $"{Format.Count(exhausted.Steps, "step")} were run{leftOut}");
                stream.Writer.WriteLine();
            }

            if (run.Violation is null && run.UnreachedGoals.Any())
            {
                WriteGoals(findings, run, stream);
            }
        }

        stream.WriteText(Summary(findings));
        if (CoverageSum.Of(findings.Runs.Select(run => run.Coverage)) is { } coverage)
        {
            stream.WriteText(coverage.Sentence());
        }
    }

    private static void WriteRegression(RegressionFinding regression, FollowUp followUp, OutputStream stream)
    {
        WriteHeadline($"{regression.File} ({regression.Scenario})", regression.Property!, regression.Message ?? "", stream);
        stream.WriteText($"  regression: {Format.Recorded(regression.Recorded)}");
        WriteSchedule(regression.Schedule, regression.ScheduleError, followUp, stream);
    }

    private static void WriteViolation(string scenario, ViolationFinding violation, FollowUp followUp, OutputStream stream)
    {
        WriteHeadline(scenario, violation.Property, violation.Message, stream);
        stream.WriteText(
            $"  found in: {Format.Numbered("schedule", violation.Iteration)}, strategy {Format.OneLine(violation.Strategy)}, {Format.OneLine(violation.Clock)}, "
            + Format.Count(violation.Decisions, "decision"));
        WriteSchedule(violation.Schedule, violation.ScheduleError, followUp, stream);
    }

    private static void WriteKept(string scenario, KeptFinding kept, FollowUp followUp, OutputStream stream)
    {
        stream.WriteText(
            $"{Format.OneLine(scenario)}: {Format.Numbered("schedule", kept.Iteration)} violates nothing: strategy {Format.OneLine(kept.Strategy)}, "
            + $"{Format.OneLine(kept.Clock)}, {Format.Count(kept.Decisions, "decision")}");
        WriteSchedule(kept.Schedule, kept.ScheduleError, followUp, stream, hasViolation: false);
    }

    private static void WriteHeadline(string where, string property, string message, OutputStream stream)
    {
        stream.WriteText($"{Format.OneLine(where)}: {stream.Painted($"VIOLATION of {Format.OneLine(property)}", Paint.Red)}");
        foreach (string line in Format.Lines(message))
        {
            stream.WriteText($"  {line}");
        }
    }

    private static void WriteSchedule(string? schedule, string? error, FollowUp followUp, OutputStream stream, bool hasViolation = true)
    {
        if (schedule is not null)
        {
            string file = Format.OneLine(schedule);
            stream.WriteText($"  schedule: {file}");
            foreach ((string verb, string line) in followUp.With(file, hasViolation))
            {
                stream.WriteCommand($"  {verb + ":",-9} ", line);
            }
        }
        else
        {
            stream.WriteText($"  schedule: {Format.OneLine(error ?? "not kept")}");
        }

        stream.Writer.WriteLine();
    }

    private static void WriteGoals(TestFindings findings, ScenarioFindings run, OutputStream stream)
    {
        string verdict = findings.FailsByGoals(run) ? stream.Painted("GOALS NEVER REACHED", Paint.Red) : stream.Painted("goals not reached", Paint.Yellow);
        string part = findings.Shards > 1 ? $" of shard {findings.Shard}/{findings.Shards} ('raft merge' judges the goals of all shards together)" : "";
        stream.WriteText($"{Format.OneLine(run.Scenario)}: {verdict} in {Format.Count(run.Iterations, "schedule")}{part}");
        foreach (string goal in run.UnreachedGoals)
        {
            stream.WriteText($"  {Format.OneLine(goal)}");
        }

        stream.Writer.WriteLine();
    }

    private static string Summary(TestFindings findings)
    {
        IReadOnlyList<ScenarioFindings> runs = findings.Runs;
        int scenarios = runs.Count + findings.NotRun.Count;
        long decisions = runs.Sum(run => run.Decisions);
        double seconds = runs.Sum(run => run.Seconds);
        int violations = runs.Sum(run => run.Violations.Count) + findings.Regressions.Count(regression => regression.Fails);
        int goals = runs.Where(run => run.Violation is null).Sum(run => run.UnreachedGoals.Count());
        string found = violations == 0 ? "nothing found" : $"{Format.Count(violations, "violation")} found";
        bool allExplored = findings.NotRun.Count == 0 && runs.All(run => run.Violation is null);
        string reached = goals > 0 ? $"{Format.Count(goals, "goal")} not reached"
            : allExplored ? "every goal reached" : "every goal reached in scenarios without a violation";
        string interrupted = findings.WasInterrupted ? $"interrupted; {runs.Count} of " : "";
        return $"{interrupted}{Format.Count(scenarios, "scenario")}, {Format.Count(runs.Sum(run => run.Iterations), "schedule")}, "
            + $"{Format.Count(decisions, "decision")} in {Format.Seconds(findings.Seconds)} "
            + $"({Format.Number(decisions / Math.Max(seconds, 1e-9))} decisions/s, {Format.Count(findings.Workers, "worker")}): {found}, {reached}";
    }
}
