using System.Globalization;
using System.Text;
using Raft.Verified.Simulation.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>A table of counts in HTML. Higher counts are darker, and gaps stand out.</summary>
internal static class HeatTable
{
    private const int Shades = 7;

    /// <summary>Appends a table to a page.</summary>
    /// <param name="page">The page that gets the table.</param>
    /// <param name="table">The table of counts.</param>
    public static void Append(StringBuilder page, CoverageTable table)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section><h3>{CoveragePage.Text(table.Name)}</h3><p>{CoveragePage.Text(table.Explanation)}</p>\n")
            .Append("<div class=\"wide\"><table class=\"heat\"><thead><tr><th></th>");
        foreach (string column in table.Columns)
        {
            page.Append(CultureInfo.InvariantCulture, $"<th><span>{CoveragePage.Text(column)}</span></th>");
        }

        page.Append("</tr></thead><tbody>\n");
        for (int row = 0; row < table.Rows.Count; row++)
        {
            AppendRow(page, table, row);
        }

        page.Append("</tbody></table></div></section>\n");
    }

    private static void AppendRow(StringBuilder page, CoverageTable table, int row)
    {
        page.Append(CultureInfo.InvariantCulture, $"<tr><th>{CoveragePage.Text(table.Rows[row])}</th>");
        for (int column = 0; column < table.Columns.Count; column++)
        {
            long count = table[row, column];
            if (count == 0 && table.IsImpossible(row, column))
            {
                page.Append("<td class=\"no\"></td>");
                continue;
            }

            string shade = count > 0 ? $"h{Math.Min(Shades, count.ToString(CultureInfo.InvariantCulture).Length)}" : table.IsGap(row, column) ? "zero" : "none";
            page.Append(CultureInfo.InvariantCulture, $"<td class=\"{shade}\" title=\"{CoveragePage.Text(table.Rows[row])}, {CoveragePage.Text(table.Columns[column])}: ")
                .Append(CultureInfo.InvariantCulture, $"{Format.Number(count)}\">{Short(count)}</td>");
        }

        page.Append("</tr>\n");
    }

    // Examples: 999, 1.2k, 12k, 123k, 1.2M.
    private static string Short(long count)
    {
        double value = count;
        string unit = "";
        foreach (string larger in (ReadOnlySpan<string>)["k", "M", "G", "T"])
        {
            if (value < 999.5)
            {
                break;
            }

            value /= 1000;
            unit = larger;
        }

        return value.ToString(unit.Length > 0 && value < 9.95 ? "F1" : "F0", CultureInfo.InvariantCulture) + unit;
    }
}
