using System.Globalization;
using System.Text;
using System.Xml;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;

namespace Raft.Verified.Cli.Output;

/// <summary>The JUnit report of a test run: one test case a scenario, in the form that CI systems read.</summary>
internal static class JUnitReport
{
    private const string Suite = "raft test";

    /// <summary>The report. Fails what the exit status fails.</summary>
    public static string Of(TestRun run)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(new Utf8Writer(text), new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, run);
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", Suite);
            WriteCounts(xml, run);
            foreach (ScenarioExploration scenario in run.Scenarios)
            {
                WriteCase(xml, run, scenario);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static void WriteCounts(XmlWriter xml, TestRun run)
    {
        xml.WriteAttributeString("tests", Number(run.Scenarios.Count));
        xml.WriteAttributeString("failures", Number(run.Scenarios.Count(scenario => scenario.Violation is not null || run.FailsByGoals(scenario))));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(run.Scenarios.Count(scenario => scenario.Report is null)));
        xml.WriteAttributeString("time", Seconds(run.Elapsed.TotalSeconds));
    }

    private static void WriteCase(XmlWriter xml, TestRun run, ScenarioExploration scenario)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "Raft.Verified.Scenarios");
        xml.WriteAttributeString("name", scenario.Scenario.Name);
        xml.WriteAttributeString("time", Seconds(scenario.Report?.Seconds ?? 0));
        if (scenario.Report is not { } report)
        {
            xml.WriteStartElement("skipped");
            xml.WriteAttributeString("message", "the run was interrupted before this scenario");
            xml.WriteEndElement();
        }
        else if (report.Violation is { } violation)
        {
            string where = scenario.ScheduleFile is { } file ? $"\nschedule: {file}\nreplay: {ReplayInvocation.Of(file)}" : "";
            WriteFailure(
                xml, violation.Property, $"{violation.Property}: {violation.Message}",
                $"{violation.Message}\niteration: {Number(violation.Iteration)}\nstrategy: {violation.Schedule.Header.Strategy}{where}");
        }
        else if (run.FailsByGoals(scenario))
        {
            WriteFailure(
                xml, "GoalNeverReached", $"never reached: {string.Join("; ", report.UnreachedGoals)}",
                $"never reached in {Number(report.Iterations)} schedules:\n{string.Join('\n', report.UnreachedGoals)}");
        }

        if (scenario.Report is { } done)
        {
            xml.WriteElementString("system-out", Valid(Describe(done)));
        }

        xml.WriteEndElement();
    }

    private static void WriteFailure(XmlWriter xml, string type, string message, string details)
    {
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("message", Valid(message));
        xml.WriteString(Valid(details));
        xml.WriteEndElement();
    }

    private static string Describe(ExplorationReport report)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"strategy {report.Strategy}, seed {report.Seed}, {report.Iterations} schedules, {report.Decisions} decisions");
        foreach ((string name, long count) in report.Goals)
        {
            text.Append(CultureInfo.InvariantCulture, $"\ngoal: {name}: {count}");
        }

        return text.ToString();
    }

    private static string Valid(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    // A string writer says that it is UTF-16, and so would the document; the file is UTF-8.
    private sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
