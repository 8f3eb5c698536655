using System.Globalization;
using System.Xml.Linq;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>
/// The JUnit report of the gate, with one test case per mutant, which fails when the mutant is not found.
/// </summary>
internal static class MutantJUnit
{
    /// <summary>Returns the report as XML.</summary>
    /// <param name="report">The report of the gate.</param>
    public static string Of(MutantReport report)
    {
        XElement suite = new(
            "testsuite",
            new XAttribute("name", "raft mutants"),
            new XAttribute("tests", report.Outcomes.Count),
            new XAttribute("failures", report.Outcomes.Count - report.Found),
            new XAttribute("errors", 0),
            new XAttribute("time", Seconds(report.Elapsed.TotalSeconds)),
            report.Outcomes.Select(Case));
        return new XDocument(new XDeclaration("1.0", "utf-8", null), new XElement("testsuites", suite)).ToString();
    }

    private static XElement Case(MutantOutcome outcome)
    {
        XElement test = new(
            "testcase",
            new XAttribute("classname", "mutants"),
            new XAttribute("name", Format.OneLine(outcome.Mutant.ToString())),
            new XAttribute("time", Seconds(outcome.Seconds)));
        if (outcome.Verdict != MutantVerdict.Found)
        {
            test.Add(new XElement("failure", new XAttribute("message", $"{MutantColumn.Verdict(outcome.Verdict)}: {Format.OneLine(outcome.Reason ?? "")}")));
        }

        return test;
    }

    private static string Seconds(double seconds) => seconds.ToString("F3", CultureInfo.InvariantCulture);
}
