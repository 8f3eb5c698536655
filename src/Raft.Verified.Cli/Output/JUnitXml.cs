using System.Globalization;
using System.Text;
using System.Xml;

namespace Raft.Verified.Cli.Output;

/// <summary>The parts that all JUnit reports consist of, in the form that CI systems read.</summary>
internal static class JUnitXml
{
    /// <summary>Makes a report.</summary>
    /// <param name="write">Writes the test suites.</param>
    public static string Document(Action<XmlWriter> write)
    {
        StringBuilder text = new();
        using (XmlWriter xml = XmlWriter.Create(new Utf8Writer(text), new XmlWriterSettings { Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartElement("testsuites");
            write(xml);
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    /// <summary>Writes the attributes that count test cases, and how long they took.</summary>
    public static void WriteCounts(XmlWriter xml, int tests, int failures, int skipped, double seconds)
    {
        xml.WriteAttributeString("tests", Number(tests));
        xml.WriteAttributeString("failures", Number(failures));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(skipped));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    /// <summary>Begins a test case.</summary>
    public static void StartCase(XmlWriter xml, string className, string name, double seconds)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", className);
        xml.WriteAttributeString("name", Valid(name));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    /// <summary>Writes the failure of the test case at hand.</summary>
    public static void WriteFailure(XmlWriter xml, string type, string message, string details)
    {
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("type", Valid(type));
        xml.WriteAttributeString("message", Valid(message));
        xml.WriteString(Valid(details));
        xml.WriteEndElement();
    }

    /// <summary>Writes why the test case at hand was not run.</summary>
    public static void WriteSkip(XmlWriter xml, string message)
    {
        xml.WriteStartElement("skipped");
        xml.WriteAttributeString("message", message);
        xml.WriteEndElement();
    }

    /// <summary>Replaces characters that XML cannot have.</summary>
    public static string Valid(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));

    /// <summary>Formats a number.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    // A string writer says that it is UTF-16, and so would the document; the file is UTF-8.
    private sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
