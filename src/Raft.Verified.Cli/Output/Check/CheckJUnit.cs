using System.Globalization;
using System.Text;
using System.Xml;
using Raft.Verified.ModelChecking;

namespace Raft.Verified.Cli.Output.Check;

/// <summary>The JUnit report of <c>raft check</c>: one test case a model.</summary>
internal static class CheckJUnit
{
    /// <summary>Writes the report.</summary>
    /// <param name="reports">The reports.</param>
    /// <param name="models">The models that were to be checked.</param>
    /// <param name="schedule">What is said about the schedule of the violation; nothing when there is no violation.</param>
    public static string Of(IReadOnlyList<ModelReport> reports, IReadOnlyList<ModelBounds> models, IEnumerable<string> schedule)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            xml.WriteStartElement("testsuite");
            xml.WriteAttributeString("name", "raft check");
            xml.WriteAttributeString("tests", Number(models.Count));
            xml.WriteAttributeString("failures", Number(reports.Count(report => report.Violation is not null)));
            xml.WriteAttributeString("errors", "0");
            xml.WriteAttributeString("skipped", Number(models.Count - reports.Count));
            xml.WriteAttributeString("time", Seconds(reports.Sum(report => report.Seconds)));
            foreach (ModelReport report in reports)
            {
                Write(xml, report, schedule);
            }

            foreach (ModelBounds model in models.Skip(reports.Count))
            {
                Start(xml, model.Name, 0);
                xml.WriteStartElement("skipped");
                xml.WriteAttributeString("message", "the run ended before this model");
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return $"""<?xml version="1.0" encoding="utf-8"?>{'\n'}{text}{'\n'}""";
    }

    private static void Write(XmlWriter xml, ModelReport report, IEnumerable<string> schedule)
    {
        Start(xml, report.Bounds.Name, report.Seconds);
        if (report.Violation is { } violation)
        {
            xml.WriteStartElement("failure");
            xml.WriteAttributeString("type", violation.Property);
            xml.WriteAttributeString("message", $"{violation.Property}: {violation.Message}");
            xml.WriteString(string.Join('\n', violation.Steps.Concat(schedule)));
            xml.WriteEndElement();
        }

        string end = report.IsComplete ? "every state visited" : report.Violation is not null ? "ended by the violation" : $"ended after {report.Limit ?? "an interruption"}";
        xml.WriteElementString("system-out", string.Create(CultureInfo.InvariantCulture, $"{report.States} states, {report.Steps} steps, depth {report.Depth}; {end}"));
        xml.WriteEndElement();
    }

    private static void Start(XmlWriter xml, string model, double seconds)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", "Raft.Verified.Models");
        xml.WriteAttributeString("name", model);
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
