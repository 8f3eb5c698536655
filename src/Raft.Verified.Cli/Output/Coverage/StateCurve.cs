using System.Globalization;
using System.Text;
using Raft.Verified.Exploration.Coverage;

namespace Raft.Verified.Cli.Output.Coverage;

/// <summary>
/// The curve of abstract states over schedules, as SVG. A flat curve means that no new states are reached.
/// </summary>
internal static class StateCurve
{
    private const int Width = 520;

    private const int Height = 220;

    private const int Left = 64;

    private const int Bottom = 28;

    /// <summary>Returns a small curve for the row of a table.</summary>
    /// <param name="coverage">The coverage of a scenario.</param>
    public static string Small(CoverageReport coverage) =>
        $"<svg class=\"small\" viewBox=\"0 0 120 24\" width=\"120\" height=\"24\" aria-hidden=\"true\">{Line(coverage, 1, 1, 118, 22)}</svg>";

    /// <summary>Returns a large curve with axes and numbers.</summary>
    /// <param name="coverage">The coverage of a scenario.</param>
    public static string Large(CoverageReport coverage)
    {
        const int Right = Width - 12;
        const int Top = 12;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" ")
            .Append(CultureInfo.InvariantCulture, $"aria-label=\"{coverage.States} abstract states after {coverage.Schedules} schedules\">");
        for (int part = 0; part <= 4; part++)
        {
            double y = Height - Bottom - ((Height - Bottom - Top) * part / 4.0);
            double x = Left + ((Right - Left) * part / 4.0);
            string anchor = part == 4 ? "end" : "middle";
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:F1}\" y2=\"{y:F1}\"/>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y + 4:F1}\" text-anchor=\"end\">{Format.Number(coverage.States * part / 4.0)}</text>")
                .Append(CultureInfo.InvariantCulture, $"<text x=\"{x:F1}\" y=\"{Height - 8}\" text-anchor=\"{anchor}\">{Format.Number(coverage.Schedules * part / 4.0)}</text>");
        }

        return svg.Append(Line(coverage, Left, Top, Right - Left, Height - Bottom - Top)).Append("</svg>").ToString();
    }

    private static string Line(CoverageReport coverage, double left, double top, double width, double height)
    {
        StringBuilder points = new();
        points.Append(CultureInfo.InvariantCulture, $"{left:F1},{top + height:F1}");
        foreach (CurvePoint point in coverage.Curve)
        {
            double x = left + (width * point.Schedules / Math.Max(1.0, coverage.Schedules));
            double y = top + (height * (1 - (point.States / Math.Max(1.0, coverage.States))));
            points.Append(CultureInfo.InvariantCulture, $" {x:F1},{y:F1}");
        }

        return $"<polyline class=\"curve\" points=\"{points}\"/>";
    }
}
