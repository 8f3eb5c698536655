using System.Globalization;
using Raft.Verified.Exploration;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Output.Lab;

/// <summary>What the summary says of a test: averages of the runs that passed, beside what the course published.</summary>
/// <param name="Heading">The column's heading.</param>
/// <param name="FromWidth">The narrowest terminal that shows it.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
/// <param name="Text">A test's cell.</param>
internal sealed record LabColumn(string Heading, int FromWidth, bool IsNumber, Func<LabSuiteTest, SuiteTotals, string> Text)
{
    /// <summary>All columns. On a narrow terminal those that matter least are left out.</summary>
    public static IReadOnlyList<LabColumn> All { get; } =
    [
        new("test", 0, false, (test, _) => test.Name),
        Number("runs", 0, totals => Format.Number(totals.Runs)),
        Number("failed", 0, totals => Format.Number(totals.Failures)),
        Number("real ms", 0, totals => Tenths(1000 * totals.RealSeconds / totals.Runs)),
        Number("time s", 0, totals => Tenths(totals.SimulatedSeconds)),
        new("peers", 100, true, (test, _) => Format.Number(test.Scenario.Cluster.Servers)),
        Number("RPCs", 80, totals => Format.Number(totals.Average(ScenarioFigure.Requests))),
        Number("bytes", 80, totals => Format.Number(totals.Average(ScenarioFigure.Bytes))),
        Number("ops", 80, totals => Format.Number(totals.Average(ScenarioFigure.Committed))),
        Published("published: s", published => Tenths(published.Seconds)),
        Published("RPCs", published => Format.Number(published.Requests)),
        Published("bytes", published => published.Bytes is { } bytes ? Format.Number(bytes) : "-"),
        Published("ops", published => published.Operations is { } operations ? Format.Number(operations) : "-"),
        Published("in", published => published.Year.ToString(CultureInfo.InvariantCulture)),
    ];

    private static LabColumn Number(string heading, int fromWidth, Func<SuiteTotals, string> text) =>
        new(heading, fromWidth, true, (_, totals) => totals.Runs > 0 ? text(totals) : "");

    private static LabColumn Published(string heading, Func<PublishedFigures, string> text) =>
        new(heading, 120, true, (test, _) => test.Published is { } published ? text(published) : "-");

    private static string Tenths(double value) => value.ToString("N1", CultureInfo.InvariantCulture);
}
