using System.Globalization;
using System.Text;
using System.Xml;

namespace Raft.Verified.Cli.Output;

/// <summary>The common parts of all JUnit reports, in the form that CI systems read.</summary>
internal static class JUnitXml
{
    /// <summary>Returns a report.</summary>
    /// <param name="write">The function that writes the test suites.</param>
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

    /// <summary>Writes the attributes with the numbers of test cases and their duration.</summary>
    /// <param name="xml">The writer, at the start of an element.</param>
    /// <param name="tests">The number of test cases.</param>
    /// <param name="failures">The number of failed test cases.</param>
    /// <param name="skipped">The number of skipped test cases.</param>
    /// <param name="seconds">The duration in seconds.</param>
    public static void WriteCounts(XmlWriter xml, int tests, int failures, int skipped, double seconds)
    {
        xml.WriteAttributeString("tests", Number(tests));
        xml.WriteAttributeString("failures", Number(failures));
        xml.WriteAttributeString("errors", "0");
        xml.WriteAttributeString("skipped", Number(skipped));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    /// <summary>Starts the element of a test case; the caller ends it.</summary>
    /// <param name="xml">The writer, inside of a test suite.</param>
    /// <param name="className">The class of the test case.</param>
    /// <param name="name">The name of the test case.</param>
    /// <param name="seconds">The duration in seconds.</param>
    public static void StartCase(XmlWriter xml, string className, string name, double seconds)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", className);
        xml.WriteAttributeString("name", Valid(name));
        xml.WriteAttributeString("time", Seconds(seconds));
    }

    /// <summary>Writes the failure of the current test case.</summary>
    /// <param name="xml">The writer, inside of a test case.</param>
    /// <param name="type">The kind of failure, such as the property.</param>
    /// <param name="message">The message in one line.</param>
    /// <param name="details">The text of the failure.</param>
    public static void WriteFailure(XmlWriter xml, string type, string message, string details)
    {
        xml.WriteStartElement("failure");
        xml.WriteAttributeString("type", Valid(type));
        xml.WriteAttributeString("message", Valid(message));
        xml.WriteString(Valid(details));
        xml.WriteEndElement();
    }

    /// <summary>Writes the reason why the current test case was skipped.</summary>
    /// <param name="xml">The writer, inside of a test case.</param>
    /// <param name="message">The reason in one line.</param>
    public static void WriteSkip(XmlWriter xml, string message)
    {
        xml.WriteStartElement("skipped");
        xml.WriteAttributeString("message", message);
        xml.WriteEndElement();
    }

    /// <summary>Replaces characters that XML does not allow.</summary>
    /// <param name="text">The text with any characters.</param>
    public static string Valid(string text) => string.Concat(text.Select(c => XmlConvert.IsXmlChar(c) ? c : '?'));

    /// <summary>Formats a number without separators.</summary>
    /// <param name="value">The number to format.</param>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(double value) => value.ToString("F3", CultureInfo.InvariantCulture);

    // The declaration of the document takes its encoding from the writer. A plain StringWriter would declare UTF-16,
    // but the file is UTF-8.
    private sealed class Utf8Writer(StringBuilder text) : StringWriter(text, CultureInfo.InvariantCulture)
    {
        public override Encoding Encoding => Encoding.UTF8;
    }
}
