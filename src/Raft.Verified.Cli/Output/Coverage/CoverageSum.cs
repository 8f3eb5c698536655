using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Simulation.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>What the scenarios of a run have reached together. States are counted scenario by scenario: two scenarios may reach the same one.</summary>
/// <param name="Schedules">How many schedules.</param>
/// <param name="States">How many abstract states.</param>
/// <param name="NewInLastTenth">How many of them were new in the last tenth of each scenario's schedules.</param>
/// <param name="Tables">All counts added up.</param>
internal sealed record CoverageSum(long Schedules, long States, long NewInLastTenth, IReadOnlyList<CoverageTable> Tables)
{
    private const int GapsNamed = 3;

    /// <summary>The sum over a run; null when no coverage was collected.</summary>
    public static CoverageSum? Of(IEnumerable<CoverageReport?> scenarios)
    {
        CoverageReport[] reports = [.. scenarios.OfType<CoverageReport>()];
        return reports.Length == 0 ? null : new CoverageSum(
            reports.Sum(report => report.Schedules), reports.Sum(report => report.States), reports.Sum(report => report.NewInLastTenth),
            [.. Enumerable.Range(0, reports[0].Tables().Count).Select(i => reports.Select(report => report.Tables()[i]).Aggregate((one, two) => one.Plus(two)))]);
    }

    /// <summary>The cells of a table that were never reached, but could have been.</summary>
    public static IEnumerable<(string Row, string Column)> Gaps(CoverageTable table)
    {
        for (int row = 0; row < table.Rows.Count; row++)
        {
            for (int column = 0; column < table.Columns.Count; column++)
            {
                if (table.IsGap(row, column))
                {
                    yield return (table.Rows[row], table.Columns[column]);
                }
            }
        }
    }

    /// <summary>Both in words: the states, and the first faults at moments that were never met.</summary>
    public string Sentence()
    {
        string states = $"reached {Format.Count(States, "abstract state")}, {Format.Number(NewInLastTenth)} of them new in the last 10 % of the schedules";
        (string Row, string Column)[] gaps = [.. Gaps(Tables[^1])];
        if (gaps.Length == 0)
        {
            return states;
        }

        string more = gaps.Length > GapsNamed ? $", and {gaps.Length - GapsNamed} more" : "";
        return $"{states}\nnever: {string.Join(", ", gaps.Take(GapsNamed).Select(gap => $"{gap.Row} while {gap.Column}"))}{more}";
    }
}
