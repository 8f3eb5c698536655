using System.Globalization;
using System.Xml;
using Raft.Verified.ModelChecking;
using static Raft.Verified.Cli.Output.JUnitXml;

namespace Raft.Verified.Cli.Output.Check;

/// <summary>The JUnit report of <c>raft check</c>: one test case per model.</summary>
internal static class CheckJUnit
{
    private const string Models = "Raft.Verified.Models";

    /// <summary>Returns the report.</summary>
    /// <param name="reports">The reports of the models that were checked.</param>
    /// <param name="models">The models that were to be checked, in the same order.</param>
    /// <param name="schedule">The lines about the schedule of the violation; empty when there is no violation.</param>
    public static string Of(IReadOnlyList<ModelReport> reports, IReadOnlyList<ModelBounds> models, IEnumerable<string> schedule) => Document(xml =>
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", "raft check");
        WriteCounts(
            xml, models.Count, reports.Count(report => report.Violation is not null), models.Count - reports.Count, reports.Sum(report => report.Seconds));
        foreach (ModelReport report in reports)
        {
            Write(xml, report, schedule);
        }

        foreach (ModelBounds model in models.Skip(reports.Count))
        {
            StartCase(xml, Models, model.Name, 0);
            WriteSkip(xml, "the run ended before this model");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    });

    private static void Write(XmlWriter xml, ModelReport report, IEnumerable<string> schedule)
    {
        StartCase(xml, Models, report.Bounds.Name, report.Seconds);
        if (report.Violation is { } violation)
        {
            WriteFailure(xml, violation.Property, $"{violation.Property}: {violation.Message}", string.Join('\n', violation.Steps.Concat(schedule)));
        }

        string end = report.IsComplete ? "every state visited" : report.Violation is not null ? "ended by the violation" : $"ended after {report.Limit ?? "an interruption"}";
        xml.WriteElementString("system-out", string.Create(CultureInfo.InvariantCulture, $"{report.States} states, {report.Steps} steps, depth {report.Depth}; {end}"));
        xml.WriteEndElement();
    }
}
