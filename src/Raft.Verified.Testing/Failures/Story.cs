using System.Globalization;
using System.Text;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Page;
using Raft.Verified.Testing.Text;

namespace Raft.Verified.Testing.Failures;

/// <summary>The story of a violation, as the message of an exception.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="finding">The violation.</param>
internal sealed class Story(Scenario scenario, Finding finding)
{
    private const int LastLines = 20;

    /// <summary>The result of shrinking, as a part of a sentence.</summary>
    public required string Shrinking { get; init; }

    /// <summary>The reason why a replay does not show the violation; null when it does.</summary>
    public required string? Difference { get; init; }

    /// <summary>The log of the smallest schedule; empty when there is none.</summary>
    public required string Lines { get; init; }

    /// <summary>The number of lines in the log above the events.</summary>
    public required int HeadingLines { get; init; }

    /// <summary>True when the log is that of a shrunk schedule.</summary>
    public required bool IsShrunk { get; init; }

    /// <summary>The file of the schedule as it was found.</summary>
    public required WrittenFile Found { get; init; }

    /// <summary>The file of the shrunk schedule; null when it was not shrunk.</summary>
    public required WrittenFile? Shrunk { get; init; }

    /// <summary>The file of the readable log.</summary>
    public required WrittenFile Log { get; init; }

    /// <summary>The file of the page; null when the replay failed.</summary>
    public required WrittenFile? Page { get; init; }

    /// <summary>Tells the story.</summary>
    public string Tell()
    {
        StringBuilder story = new();
        story.Append(CultureInfo.InvariantCulture, $"Scenario '{Format.OneLine(scenario.Name)}' violates {Format.OneLine(finding.Property)}.\n");
        foreach (string line in Format.Lines(finding.Message))
        {
            story.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        }

        PropertyText text = PropertyText.Of(finding.Property);
        story.Append('\n');
        AppendField(story, "property", $"{text.Statement} ({text.Source})");
        AppendField(story, "found in", finding.Origin);
        AppendField(story, "shrunk", Shrinking);
        if (Difference is not null)
        {
            AppendField(story, "repeated", $"no, because {Difference}");
        }

        AppendLog(story);
        story.Append('\n');
        AppendField(story, "schedule", $"{Found}");
        if (Shrunk is not null)
        {
            AppendField(story, "smallest", $"{Shrunk}");
        }

        AppendField(story, "log", $"{Log}");
        AppendField(story, "page", Page is null ? "none, because the replay failed" : $"{Page}");
        if ((Shrunk?.Path ?? Found.Path) is { } file)
        {
            AppendField(story, "replay", Command("replay", file));
            if (Shrunk is null && finding.IsRepeatable)
            {
                AppendField(story, "shrink", Command("shrink", file));
            }
        }

        return story.ToString();
    }

    private void AppendLog(StringBuilder story)
    {
        string[] lines = Lines.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int events = lines.Length - HeadingLines;
        if (events <= 0)
        {
            return;
        }

        string run = IsShrunk ? "the shrunk run" : "the run";
        story.Append(CultureInfo.InvariantCulture, $"\n{(events <= LastLines ? $"The log of {run}" : $"The last {LastLines} of {Format.Number(events)} lines in the log of {run}")}:\n");
        foreach (string line in lines.Take(HeadingLines).Concat(lines.Skip(HeadingLines).TakeLast(LastLines)))
        {
            story.Append(CultureInfo.InvariantCulture, $"  {line.TrimEnd('\r')}\n");
        }
    }

    private string Command(string verb, string file)
    {
        string assembly = scenario.Assembly.Location;
        return $"raft {verb} {ShellWord.Quoted(file)}{(assembly.Length == 0 ? "" : $" --assembly {ShellWord.Quoted(assembly)}")}";
    }

    private static void AppendField(StringBuilder story, string name, string value) =>
        story.Append(CultureInfo.InvariantCulture, $"{name + ":",-9} {Format.OneLine(value)}\n");
}
