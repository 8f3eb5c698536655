using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Simulation.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>
/// The coverage of all scenarios of a run together. States are counted per scenario, so a state that two scenarios
/// reach counts twice.
/// </summary>
/// <param name="Schedules">The number of schedules.</param>
/// <param name="States">The number of abstract states.</param>
/// <param name="NewInLastTenth">
/// The number of states first reached in the last tenth of the schedules of a scenario.
/// </param>
/// <param name="Tables">The tables with the sums of the counts.</param>
internal sealed record CoverageSum(long Schedules, long States, long NewInLastTenth, IReadOnlyList<CoverageTable> Tables)
{
    private const int GapsNamed = 3;

    /// <summary>Returns the sum over all scenarios; null when no coverage was collected.</summary>
    /// <param name="scenarios">The coverage of each scenario; null for a scenario without coverage.</param>
    public static CoverageSum? Of(IEnumerable<CoverageReport?> scenarios)
    {
        CoverageReport[] reports = [.. scenarios.OfType<CoverageReport>()];
        IReadOnlyList<CoverageTable>[] tables = [.. reports.Select(report => report.Tables())];
        return reports.Length == 0 ? null : new CoverageSum(
            reports.Sum(report => report.Schedules), reports.Sum(report => report.States), reports.Sum(report => report.NewInLastTenth),
            [.. tables.Aggregate((sums, others) => [.. sums.Zip(others, (one, two) => one.Plus(two))])]);
    }

    /// <summary>Returns the cells of a table that are possible but were never reached.</summary>
    /// <param name="table">The table of counts.</param>
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

    /// <summary>Returns the coverage in words: the number of states, and the first gaps of the last table.</summary>
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
