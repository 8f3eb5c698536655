using System.Globalization;
using System.Net;
using System.Text;
using Raft.Verified.Linearizability;

namespace Raft.Verified.Cli.Output.History;

/// <summary>
/// The page that <c>raft linearize --html</c> writes: one HTML file without scripts and external resources. Operations
/// are bars in time, with one lane per client. A line connects the longest order found. Operations that cannot come
/// next are marked, with the reason.
/// </summary>
internal static class HistoryPage
{
    // The maximum number of operations drawn. A longer history is cut to those around the end of the order.
    private const int MaxDrawn = 400;

    private const int DrawnBehind = 100;

    private const int Step = 40;

    private const int Lane = 44;

    private const int Margin = 90;

    /// <summary>Returns the page about a history that is not linearizable.</summary>
    /// <param name="verdict">The verdict, which has a failure.</param>
    public static string Of(HistoryVerdict verdict)
    {
        LinearizabilityFailure failure = verdict.Report.Failure!;
        string part = failure.Part.Length == 0 ? "" : $", key {failure.Part}";
        StringBuilder page = new();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">")
            .Append(CultureInfo.InvariantCulture, $"<title>not linearizable: {Text(verdict.File)}</title><style>{Style}</style></head><body>\n")
            .Append(CultureInfo.InvariantCulture, $"<header><p class=\"status\">Not linearizable</p><h1>{Text(verdict.File)}{Text(part)}</h1>")
            .Append(CultureInfo.InvariantCulture, $"<p class=\"sub\">Model {Text(verdict.Model)}; {Format.Count(failure.Operations.Count, "operation")}{(part.Length > 0 ? " of this key" : "")}. ")
            .Append(CultureInfo.InvariantCulture, $"The longest order found has {Format.Number(failure.Order.Count)} operations.</p></header>\n");
        AppendNext(page, failure);
        AppendPicture(page, failure);
        return page.Append("</body></html>\n").ToString();
    }

    private static void AppendNext(StringBuilder page, LinearizabilityFailure failure)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section><h2>After this order the state is <code>{Text(failure.State)}</code>. None of these operations can come next:</h2><ul>");
        foreach (FailureCandidate candidate in failure.Next.Take(MaxDrawn))
        {
            FailureOperation operation = failure.Operations[candidate.Operation];
            page.Append(
                CultureInfo.InvariantCulture, $"<li><b>client {operation.Client}</b> <code>{Text(operation.Text)}</code> <span class=\"why\">{Text(candidate.Reason)}</span></li>");
        }

        page.Append("</ul></section>\n");
    }

    private static void AppendPicture(StringBuilder page, LinearizabilityFailure failure)
    {
        (int first, int count) = Window(failure);
        FailureOperation[] drawn = [.. failure.Operations.Skip(first).Take(count)];
        if (count < failure.Operations.Count)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<p class=\"left-out\">The picture shows {Format.Number(count)} operations around the end of the order. It leaves out {Format.Number(first)} before and {Format.Number(failure.Operations.Count - first - count)} after them.</p>\n");
        }

        long[] times = [.. drawn.SelectMany(operation => operation.Return is { } end ? new[] { operation.Call, end } : [operation.Call]).Distinct().Order()];
        int[] clients = [.. drawn.Select(operation => operation.Client).Distinct().Order()];
        int width = Margin + ((times.Length + 2) * Step);
        int height = (clients.Length * Lane) + 20;
        page.Append(CultureInfo.InvariantCulture, $"<div class=\"scroll\"><div class=\"picture\" style=\"width:{width}px;height:{height}px\">\n");
        for (int lane = 0; lane < clients.Length; lane++)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"lane\" style=\"top:{lane * Lane}px\"><span>client {clients[lane]}</span></div>\n");
        }

        AppendBars(page, failure, first, drawn, times, clients);
        AppendLine(page, failure, first, drawn, times, clients, width, height);
        page.Append("</div></div>\n<p class=\"legend\"><span class=\"bar placed\">3</span> position in the longest order; <span class=\"bar next\">?</span> cannot come next; ")
            .Append("<span class=\"bar\">&nbsp;</span> comes later or may be left out. A bar that fades out has no answer. The line connects the moments at which the operations take effect.</p>\n");
    }

    private static void AppendBars(StringBuilder page, LinearizabilityFailure failure, int first, FailureOperation[] drawn, long[] times, int[] clients)
    {
        Dictionary<int, int> placeOf = [];
        for (int place = 0; place < failure.Order.Count; place++)
        {
            placeOf[failure.Order[place]] = place + 1;
        }

        Dictionary<int, string> reasons = failure.Next.ToDictionary(candidate => candidate.Operation, candidate => candidate.Reason);
        for (int i = 0; i < drawn.Length; i++)
        {
            FailureOperation operation = drawn[i];
            int left = X(times, operation.Call);
            int right = operation.Return is { } end ? X(times, end) : X(times, times[^1]) + Step;
            string place = placeOf.TryGetValue(first + i, out int number) ? number.ToString(CultureInfo.InvariantCulture) : "";
            string reason = reasons.GetValueOrDefault(first + i, "");
            string kind = place.Length > 0 ? " placed" : reason.Length > 0 ? " next" : "";
            page.Append(
                CultureInfo.InvariantCulture,
                $"<div class=\"bar{kind}{(operation.Return is null ? " open" : "")}\" style=\"left:{left}px;width:{Math.Max(right - left, Step / 2)}px;top:{(Array.IndexOf(clients, operation.Client) * Lane) + 8}px\" ")
                .Append(CultureInfo.InvariantCulture, $"title=\"{Text(operation.Text)}{(reason.Length > 0 ? Text($" ({reason})") : "")}\">")
                .Append(CultureInfo.InvariantCulture, $"{(place.Length > 0 ? $"<b>{place}</b> " : reason.Length > 0 ? "<b>?</b> " : "")}{Text(operation.Text)}</div>\n");
        }
    }

    // Each operation is drawn to take effect as early as possible: at its call, or right after the one before it.
    private static void AppendLine(
        StringBuilder page, LinearizabilityFailure failure, int first, FailureOperation[] drawn, long[] times, int[] clients, int width, int height)
    {
        StringBuilder points = new();
        StringBuilder dots = new();
        double at = 0;
        foreach (int number in failure.Order)
        {
            if (number < first || number >= first + drawn.Length)
            {
                continue;
            }

            FailureOperation operation = drawn[number - first];
            at = Math.Max(at + 3, X(times, operation.Call) + 4);
            int y = (Array.IndexOf(clients, operation.Client) * Lane) + 8 + 24;
            points.Append(CultureInfo.InvariantCulture, $"{at:0},{y} ");
            dots.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{at:0}\" cy=\"{y}\" r=\"3\"/>");
        }

        page.Append(CultureInfo.InvariantCulture, $"<svg width=\"{width}\" height=\"{height}\" aria-hidden=\"true\"><polyline points=\"{points}\"/>{dots}</svg>\n");
    }

    private static (int First, int Count) Window(LinearizabilityFailure failure)
    {
        int total = failure.Operations.Count;
        if (total <= MaxDrawn)
        {
            return (0, total);
        }

        int end = failure.Next.Count > 0 ? failure.Next.Max(candidate => candidate.Operation) : failure.Order.Count > 0 ? failure.Order[^1] : 0;
        int first = Math.Clamp(end + DrawnBehind - MaxDrawn, 0, total - MaxDrawn);
        return (first, MaxDrawn);
    }

    private static int X(long[] times, long time) => Margin + (Array.BinarySearch(times, time) * Step);

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private const string Style = """

        :root { --paper: #ffffff; --sheet: #f6f7f9; --ink: #1b1f24; --muted: #5b6470; --line: #d8dce2; --accent: #0b5cad; --bad: #b3290b; --bad-paper: #fdeee9; --good: #006b4f; --good-paper: #e3f3ee; }
        @media (prefers-color-scheme: dark) { :root { --paper: #14171b; --sheet: #1b1f25; --ink: #e8ebef; --muted: #a3acb8; --line: #333a43; --accent: #6cb2ff; --bad: #ff8a66; --bad-paper: #3a1d14; --good: #4fd1a5; --good-paper: #14342b; } }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.45 ui-sans-serif, system-ui, "Segoe UI", Roboto, "Liberation Sans", "DejaVu Sans", sans-serif; }
        header { padding: 12px 18px; background: var(--sheet); border-bottom: 1px solid var(--line); border-left: 6px solid var(--bad); }
        h1, h2, p, ul { margin: 0; }
        h1 { font-size: 22px; overflow-wrap: anywhere; }
        h2 { font-size: 14px; font-weight: 600; }
        .status { color: var(--bad); font-weight: 600; font-size: 12px; }
        .sub, .left-out, .legend { color: var(--muted); }
        section, .left-out, .legend { padding: 10px 18px; }
        ul { padding-left: 20px; }
        code { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", "DejaVu Sans Mono", monospace; font-size: 12px; overflow-wrap: anywhere; }
        .why { color: var(--bad); }
        .scroll { overflow-x: auto; border-block: 1px solid var(--line); }
        .picture { position: relative; }
        .lane { position: absolute; left: 0; right: 0; height: 44px; border-bottom: 1px solid var(--line); }
        .lane span { position: sticky; left: 8px; line-height: 44px; font-size: 12px; color: var(--muted); }
        .bar { border: 1px solid var(--line); border-radius: 4px; background: var(--sheet); font-size: 11px; line-height: 17px; padding: 0 4px; }
        .picture .bar { position: absolute; height: 19px; overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
        .bar.placed { border-color: var(--good); background: var(--good-paper); }
        .bar.next { border: 2px solid var(--bad); background: var(--bad-paper); }
        .bar.open { border-right: 0; mask-image: linear-gradient(90deg, #000 60%, transparent); }
        svg { position: absolute; inset: 0; pointer-events: none; }
        polyline { fill: none; stroke: var(--accent); stroke-width: 1.2; opacity: .75; }
        circle { fill: var(--accent); }

        """;
}
