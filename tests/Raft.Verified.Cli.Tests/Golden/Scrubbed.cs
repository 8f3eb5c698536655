using System.CommandLine;
using System.Text.RegularExpressions;

namespace Raft.Verified.Tests.Golden;

/// <summary>Texts without what differs from run to run, build to build and machine to machine: capitals stand in its place.</summary>
internal static partial class Scrubbed
{
    /// <summary>Replaces the parts of an output that differ between runs: times, speeds, builds, event hashes and the folder's path.</summary>
    public static string Report(string text, string folder)
    {
        string report = Lines(text)
            .Replace(folder + Path.DirectorySeparatorChar, "FOLDER/", StringComparison.Ordinal)
            .Replace(folder.Replace(@"\", @"\\") + @"\\", "FOLDER/", StringComparison.Ordinal);
        report = FollowUp().Replace(report, "raft $1 FOLDER/$2");
        report = Build().Replace(report, "$1BUILD$2");
        report = Hash().Replace(report, "$1HASH$2");
        report = Speed().Replace(report, match => InPlaceOf(match, "SPEED"));
        report = JsonTime().Replace(report, "$1: TIME");
        report = XmlTime().Replace(report, "time=\"TIME\"");
        return Seconds().Replace(report, match => InPlaceOf(match, "TIME"));
    }

    /// <summary>A help text: the program is named after the one that runs, which here is the one that runs the tests.</summary>
    public static string Help(string text) =>
        Lines(text).Replace($"  {RootCommand.ExecutableName} ", "  raft ", StringComparison.Ordinal);

    /// <summary>The text with Unix line ends and none at its end, as Verify keeps it.</summary>
    public static string Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n');

    // A number with more than one blank before it is in a column, which keeps its width.
    private static string InPlaceOf(Match number, string name) =>
        number.Value.StartsWith("  ", StringComparison.Ordinal) ? name.PadLeft(number.Length) : number.Groups[1].Value + name;

    [GeneratedRegex("raft (replay|shrink|show) ['\"]?FOLDER/([^'\"\\s]+)['\"]?")]
    private static partial Regex FollowUp();

    [GeneratedRegex("(\"build\"(?:: ?| value=)\")[0-9a-f]+(\")")]
    private static partial Regex Build();

    [GeneratedRegex("(\"eventHash\": ?\")[0-9a-f]{16}(\")")]
    private static partial Regex Hash();

    [GeneratedRegex(@"( *)\b[0-9,]+(?= decisions/s)")]
    private static partial Regex Speed();

    [GeneratedRegex("(\"seconds\"|\"[a-z]+PerSecond\"): ?[0-9.E+]+")]
    private static partial Regex JsonTime();

    [GeneratedRegex("time=\"[0-9.]+\"")]
    private static partial Regex XmlTime();

    [GeneratedRegex(@"( *)\b[0-9]+\.[0-9](?= s\b)")]
    private static partial Regex Seconds();
}
