using System.Globalization;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Output.Lab;

/// <summary>
/// A column of the table of lab tests, with averages over the passed runs or figures published by the course.
/// </summary>
/// <param name="Heading">The heading of the column.</param>
/// <param name="Rank">The order in which a narrow terminal leaves out columns, the greatest first; 0 for never.</param>
/// <param name="IsNumber">True to align the column to the right.</param>
/// <param name="Text">The function that gives the cell of a test.</param>
internal sealed record LabColumn(string Heading, int Rank, bool IsNumber, Func<LabSuiteTest, SuiteTotals, string> Text)
{
    /// <summary>The columns in their order. A narrow terminal omits the less important ones.</summary>
    public static IReadOnlyList<LabColumn> All { get; } =
    [
        new("test", 0, false, (test, _) => test.Name),
        Number("runs", 0, totals => Format.Number(totals.Runs)),
        Number("failed", 0, totals => Format.Number(totals.Failures)),
        Number("real ms", 1, totals => Tenths(1000 * totals.RealSeconds / totals.Runs)),
        Number("time s", 2, totals => Tenths(totals.SimulatedSeconds)),
        new("peers", 4, true, (test, _) => Format.Number(test.Scenario.Cluster.Servers)),
        Number("RPCs", 3, totals => Format.Number(totals.Average(ScenarioFigure.Requests))),
        Number("bytes", 3, totals => Format.Number(totals.Average(ScenarioFigure.Bytes))),
        Number("ops", 3, totals => Format.Number(totals.Average(ScenarioFigure.Committed))),
        Published("published: s", published => Tenths(published.Seconds)),
        Published("RPCs", published => Format.Number(published.Requests)),
        Published("bytes", published => published.Bytes is { } bytes ? Format.Number(bytes) : "-"),
        Published("ops", published => published.Operations is { } operations ? Format.Number(operations) : "-"),
        Published("in", published => published.Year.ToString(CultureInfo.InvariantCulture)),
    ];

    private static LabColumn Number(string heading, int rank, Func<SuiteTotals, string> text) =>
        new(heading, rank, true, (_, totals) => totals.Runs > 0 ? text(totals) : "");

    private static LabColumn Published(string heading, Func<PublishedFigures, string> text) =>
        new(heading, 5, true, (test, _) => test.Published is { } published ? text(published) : "-");

    /// <summary>Returns a table of tests.</summary>
    /// <param name="tests">The tests with their totals, in order.</param>
    public static TextTable Table(IEnumerable<(LabSuiteTest Test, SuiteTotals Totals)> tests)
    {
        TextTable table = new([.. All.Select(column => new TextColumn(column.Heading, column.Rank, column.IsNumber))]);
        foreach ((LabSuiteTest test, SuiteTotals totals) in tests)
        {
            table.Add(All.Select(column => column.Text(test, totals)), totals.Failures > 0 ? Paint.Red : Paint.None);
        }

        return table;
    }

    private static string Tenths(double value) => value.ToString("N1", CultureInfo.InvariantCulture);
}
