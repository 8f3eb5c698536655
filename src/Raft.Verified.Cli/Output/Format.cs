using System.Globalization;

namespace Raft.Verified.Cli.Output;

/// <summary>Small pieces of text, the same in every language.</summary>
internal static class Format
{
    /// <summary><c>1,234,567</c>.</summary>
    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary><c>1 schedule</c>, <c>1,234 schedules</c>.</summary>
    public static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary><c>12.3 s</c>.</summary>
    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");

    /// <summary><c>1:05</c>, <c>1:00:00</c>.</summary>
    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>One line without control characters: names and messages may come from a file that anybody wrote.</summary>
    public static string OneLine(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });

    /// <summary>The lines of a message.</summary>
    public static IEnumerable<string> Lines(string text) => text.Split('\n').Select(OneLine);
}
