using System.Globalization;
using System.Text;
using System.Xml;
using static Raft.Verified.Cli.Output.JUnitXml;

namespace Raft.Verified.Cli.Output;

/// <summary>The JUnit report of a test run, with one test case per scenario and per regression.</summary>
internal static class JUnitReport
{
    private const string Suite = "raft test";

    private const string Scenarios = "Raft.Verified.Scenarios";

    private const string Regressions = "Raft.Verified.Regressions";

    private const string RegressionSuite = "raft test: regressions";

    /// <summary>Returns the report. A test case fails exactly if it makes the exit status a failure.</summary>
    /// <param name="findings">The findings of the run.</param>
    public static string Of(TestFindings findings) => Document(xml =>
    {
        WriteCounts(
            xml, findings.Regressions.Count + ScenariosOf(findings), findings.Regressions.Count(regression => regression.Fails) + findings.Runs.Count(findings.Fails),
            findings.NotRun.Count, findings.Seconds);
        WriteRegressions(xml, findings.Regressions, findings.FollowUp);
        WriteScenarios(xml, findings);
    });

    private static int ScenariosOf(TestFindings findings) => findings.Runs.Count + findings.NotRun.Count;

    private static void WriteRegressions(XmlWriter xml, IReadOnlyList<RegressionFinding> regressions, FollowUp followUp)
    {
        if (regressions.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", RegressionSuite);
        WriteCounts(xml, regressions.Count, regressions.Count(regression => regression.Fails), 0, regressions.Sum(regression => regression.Seconds));
        foreach (RegressionFinding regression in regressions)
        {
            StartCase(xml, Regressions, Path.GetFileName(regression.File), regression.Seconds);
            if (regression.Property is { } property)
            {
                WriteFailure(
                    xml, property, $"{property}: {regression.Message}",
                    $"{regression.Message}\nregression: {regression.File}, {Format.Recorded(regression.Recorded)}\n{Where(followUp, regression.Schedule, regression.ScheduleError)}");
            }

            xml.WriteElementString("system-out", Valid($"scenario {regression.Scenario}, {Format.Recorded(regression.Recorded)}"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void WriteScenarios(XmlWriter xml, TestFindings findings)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Suite);
        WriteCounts(xml, ScenariosOf(findings), findings.Runs.Count(findings.Fails), findings.NotRun.Count, findings.Seconds);
        WriteProperties(xml, findings);
        foreach (ScenarioFindings run in findings.Runs)
        {
            WriteCase(xml, findings, run);
        }

        foreach (string scenario in findings.NotRun)
        {
            WriteSkipped(xml, scenario);
        }

        xml.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter xml, TestFindings findings)
    {
        TestSettings settings = findings.Settings;
        (string Name, string? Value)[] properties =
        [
            ("build", findings.Build),
            ("strategy", settings.Strategy),
            ("seed", settings.Seed.ToString(CultureInfo.InvariantCulture)),
            ("iterations", settings.Iterations?.ToString(CultureInfo.InvariantCulture)),
            ("shard", findings.Shards > 1 ? $"{Number(findings.Shard)}/{Number(findings.Shards)}" : null),
            ("workers", Number(findings.Workers)),
        ];
        xml.WriteStartElement("properties");
        foreach ((string name, string? value) in properties)
        {
            if (value is not null)
            {
                xml.WriteStartElement("property");
                xml.WriteAttributeString("name", name);
                xml.WriteAttributeString("value", Valid(value));
                xml.WriteEndElement();
            }
        }

        xml.WriteEndElement();
    }

    private static void WriteCase(XmlWriter xml, TestFindings findings, ScenarioFindings run)
    {
        StartCase(xml, Scenarios, run.Scenario, run.Seconds);
        if (run.Violation is { } violation)
        {
            WriteFailure(
                xml, violation.Property, $"{violation.Property}: {violation.Message}", string.Join("\n\n", run.Violations.Select(violation => Describe(findings.FollowUp, violation))));
        }
        else if (findings.FailsByGoals(run))
        {
            WriteFailure(
                xml, "GoalNeverReached", $"never reached: {string.Join("; ", run.UnreachedGoals)}",
                $"never reached in {Number(run.Iterations)} schedules:\n{string.Join('\n', run.UnreachedGoals)}");
        }

        xml.WriteElementString("system-out", Valid(Describe(findings.Settings, run)));
        xml.WriteEndElement();
    }

    private static void WriteSkipped(XmlWriter xml, string scenario)
    {
        StartCase(xml, Scenarios, scenario, 0);
        WriteSkip(xml, "the run was interrupted before this scenario");
        xml.WriteEndElement();
    }

    private static string Describe(FollowUp followUp, ViolationFinding violation) =>
        $"{violation.Message}\nfound in: {Format.Numbered("schedule", violation.Iteration)}, strategy {violation.Strategy}\n{Where(followUp, violation.Schedule, violation.ScheduleError)}";

    private static string Where(FollowUp followUp, string? schedule, string? error) =>
        schedule is null ? $"schedule: {error}" : string.Join('\n', [$"schedule: {schedule}", .. followUp.With(schedule).Select(next => $"{next.Verb}: {next.Line}")]);

    private static string Describe(TestSettings settings, ScenarioFindings run)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"strategy {settings.Strategy}, seed {settings.Seed}, {run.Iterations} schedules, {run.Decisions} decisions");
        if (run.Kept is { } kept)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nkept: {kept.Schedule ?? kept.ScheduleError}");
        }

        foreach ((string name, long count) in run.Goals)
        {
            text.Append(CultureInfo.InvariantCulture, $"\ngoal: {name}: {count}");
        }

        return text.ToString();
    }
}
