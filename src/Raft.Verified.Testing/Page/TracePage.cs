using System.Text;
using System.Text.Encodings.Web;

namespace Raft.Verified.Testing.Page;

/// <summary>
/// The page of a recorded run: one HTML file, assembled from the parts in the folder <c>Parts</c>, without external
/// resources.
/// </summary>
internal static class TracePage
{
    private static readonly string[] Scripts = ["state.js", "marks.js", "diagram.js", "panels.js", "show.js"];

    private const int MaxEvents = 200_000;

    // Browsers become slow with larger pages.
    private const int MaxBytes = 18 << 20;

    /// <summary>Returns the page of a run. The page of a long run shows only its last events.</summary>
    /// <param name="trace">The recorded run.</param>
    /// <param name="shown">The part of the run that the page shows.</param>
    public static string Of(Trace trace, out Trace shown)
    {
        shown = trace.Events.Count > MaxEvents ? trace.Last(MaxEvents) : trace;
        string json = TraceJson.Of(shown);
        while (json.Length > MaxBytes && shown.Events.Count > 1)
        {
            shown = shown.Last(Math.Max(1, Math.Min(shown.Events.Count / 2, (int)(shown.Events.Count * (0.9 * MaxBytes / json.Length)))));
            json = TraceJson.Of(shown);
        }

        return Of($"{(shown.Property.Length > 0 ? shown.Property : "No violation")}: {shown.Schedule.Header.Scenario}", json);
    }

    /// <summary>Returns the page of a run that was recorded as JSON.</summary>
    /// <param name="title">The title of the page.</param>
    /// <param name="json">The run, as <see cref="TraceJson"/> describes it; safe inside of a script element.</param>
    internal static string Of(string title, string json)
    {
        // The placeholders are replaced in their order, and inserted content is never searched for placeholders.
        StringBuilder page = new();
        string template = Part("show.html");
        (string Place, string Content)[] contents =
        [
            ("{{title}}", HtmlEncoder.Default.Encode(title)),
            ("{{style}}", Part("show.css")),
            ("{{trace}}", json),
            ("{{script}}", string.Concat(Scripts.Select(Part))),
        ];
        int from = 0;
        foreach ((string place, string content) in contents)
        {
            int at = template.IndexOf(place, from, StringComparison.Ordinal);
            page.Append(template, from, at - from).Append(content);
            from = at + place.Length;
        }

        return page.Append(template, from, template.Length - from).ToString();
    }

    private static string Part(string name)
    {
        using Stream stream = typeof(TracePage).Assembly.GetManifestResourceStream($"Page/{name}")
            ?? throw new InvalidOperationException($"the part {name} of the page is not in the assembly");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
