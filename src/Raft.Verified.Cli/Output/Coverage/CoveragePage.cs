using System.Globalization;
using System.Net;
using System.Text;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Simulation.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>
/// The page that <c>--coverage</c> writes: one HTML file without scripts and external resources. It shows the coverage
/// of all scenarios together, and then of each scenario in a collapsed section.
/// </summary>
internal static class CoveragePage
{
    /// <summary>Returns the page about a run that collected coverage.</summary>
    /// <param name="run">The run, which has collected coverage.</param>
    public static string Of(TestRun run)
    {
        ScenarioExploration[] explored = [.. run.Scenarios.Where(scenario => scenario.Report?.Coverage is not null)];
        StringBuilder page = new();
        ExplorationOptions options = run.Options.Exploration;
        string shard = options.Shards > 1 ? $", shard {options.Shard + 1} of {options.Shards}" : "";
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .Append("<title>raft test: coverage</title><style>").Append(CoverageStyle.Sheet).Append("</style></head><body>\n")
            .Append("<h1>Coverage of the exploration</h1>\n<p class=\"sub\">")
            .Append(CultureInfo.InvariantCulture, $"{Format.Count(explored.Length, "scenario")}, strategy {options.Strategy}, seed {options.Seed}{shard}</p>\n");
        if (CoverageSum.Of(explored.Select(scenario => scenario.Report!.Coverage)) is not { } sum)
        {
            return page.Append("<p>Nothing was explored.</p></body></html>\n").ToString();
        }

        page.Append("<dl class=\"figures\">");
        Figure(page, "schedules", sum.Schedules);
        Figure(page, "abstract states", sum.States);
        Figure(page, "new in the last 10 %", sum.NewInLastTenth);
        Figure(page, "goals not reached", explored.Sum(scenario => scenario.Report!.UnreachedGoals.Count()));
        page.Append("</dl>\n");
        AppendScenarios(page, explored);
        page.Append("<h2>All scenarios together</h2>\n").Append(Legend);
        AppendTables(page, sum.Tables);
        page.Append("<h2>Scenario by scenario</h2>\n");
        foreach (ScenarioExploration scenario in explored)
        {
            AppendScenario(page, scenario, open: explored.Length == 1);
        }

        return page.Append("</body></html>\n").ToString();
    }

    /// <summary>Encodes a text for the page.</summary>
    /// <param name="text">The plain text.</param>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Legend =
        "<p class=\"legend\"><span class=\"cell h1\">3</span> <span class=\"cell h4\">2.1k</span> <span class=\"cell h7\">5.0M</span> "
        + "number of occurrences, darker for each power of ten. <span class=\"cell zero\">0</span> possible, but never reached. "
        + "<span class=\"cell none\">0</span> nothing in this row or column was reached. <span class=\"cell no\"></span> impossible by the protocol. "
        + "Point at a cell for the full number.</p>\n";

    private static void Figure(StringBuilder page, string name, long value) =>
        page.Append(CultureInfo.InvariantCulture, $"<div><dt>{name}</dt><dd>{Format.Number(value)}</dd></div>");

    private static void AppendScenarios(StringBuilder page, ScenarioExploration[] explored)
    {
        page.Append("<table class=\"list\"><thead><tr><th>scenario</th><th class=\"n\">schedules</th><th class=\"n\">abstract states</th>")
            .Append("<th class=\"n\">new in the last 10 %</th><th>states over schedules</th><th class=\"n\">goals</th><th>found</th></tr></thead><tbody>\n");
        foreach (ScenarioExploration scenario in explored)
        {
            ExplorationReport report = scenario.Report!;
            CoverageReport coverage = report.Coverage!;
            int reached = report.Goals.Count(goal => goal.Count > 0);
            string goals = reached < report.Goals.Count ? "n bad" : "n";
            page.Append(CultureInfo.InvariantCulture, $"<tr><td><a href=\"#{Text(report.Scenario)}\">{Text(report.Scenario)}</a></td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Format.Number(coverage.Schedules)}</td><td class=\"n\">{Format.Number(coverage.States)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{Format.Number(coverage.NewInLastTenth)}</td><td>{StateCurve.Small(coverage)}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"{goals}\">{reached}/{report.Goals.Count}</td>")
                .Append(CultureInfo.InvariantCulture, $"<td class=\"bad\">{Text(report.Violation?.Property ?? "")}</td></tr>\n");
        }

        page.Append("</tbody></table>\n");
    }

    private static void AppendScenario(StringBuilder page, ScenarioExploration scenario, bool open)
    {
        ExplorationReport report = scenario.Report!;
        CoverageReport coverage = report.Coverage!;
        page.Append(CultureInfo.InvariantCulture, $"<details id=\"{Text(report.Scenario)}\"{(open ? " open" : "")}><summary><b>{Text(report.Scenario)}</b> ")
            .Append(CultureInfo.InvariantCulture, $"<span>{Text(scenario.Scenario.LooksFor)}; {scenario.Scenario.Cluster.Servers} servers; ")
            .Append(CultureInfo.InvariantCulture, $"{Format.Count(coverage.Schedules, "schedule")}, {Format.Count(coverage.States, "abstract state")}</span></summary>\n");
        if (report.Violation is { } violation)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"bad\">The exploration ended in {Format.Numbered("schedule", violation.Iteration)}, which violates {Text(violation.Property)}.</p>\n");
        }

        page.Append("<div class=\"pair\"><figure>").Append(StateCurve.Large(coverage))
            .Append("<figcaption>abstract states reached over schedules run</figcaption></figure><table class=\"list\"><thead><tr><th>goal</th>")
            .Append("<th class=\"n\">schedules</th></tr></thead><tbody>\n");
        foreach ((string name, long count) in report.Goals)
        {
            string style = count == 0 ? "n bad" : "n";
            page.Append(CultureInfo.InvariantCulture, $"<tr><td>{Text(name)}</td><td class=\"{style}\">{Format.Number(count)}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
        AppendTables(page, coverage.Tables());
        page.Append("</details>\n");
    }

    private static void AppendTables(StringBuilder page, IReadOnlyList<CoverageTable> tables)
    {
        foreach (CoverageTable table in tables)
        {
            HeatTable.Append(page, table);
        }
    }
}
