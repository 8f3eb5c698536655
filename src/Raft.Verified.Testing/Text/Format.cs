using System.Globalization;

namespace Raft.Verified.Testing.Text;

/// <summary>Culture-independent formats for numbers, times and lines.</summary>
internal static class Format
{
    /// <summary>Formats a number, such as <c>1,234,567</c>.</summary>
    /// <param name="value">The number, which is rounded.</param>
    public static string Number(double value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>Formats a count with its noun, such as <c>1 schedule</c> or <c>1,234 schedules</c>.</summary>
    /// <param name="count">The count, at least 0.</param>
    /// <param name="what">The noun in the singular; its plural must end in "s".</param>
    public static string Count(long count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>
    /// Formats the number of a schedule or run among its siblings, such as <c>schedule 10 of 11</c>. Numbers count from
    /// 0, as in names of files and on the command line, so this is the last one of 11.
    /// </summary>
    /// <param name="what">The noun in the singular.</param>
    /// <param name="number">The number, from 0.</param>
    /// <param name="count">The number of siblings; null for those up to this one.</param>
    public static string Numbered(string what, long number, long? count = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {number} of {count ?? (number + 1)}");

    /// <summary>Says which violation a schedule was recorded for.</summary>
    /// <param name="property">The property in the header of the schedule; empty when it violates nothing.</param>
    public static string Recorded(string property) => property.Length == 0 ? "recorded without a violation" : $"recorded for {OneLine(property)}";

    /// <summary>Formats a duration in seconds, such as <c>12.3 s</c>.</summary>
    /// <param name="seconds">The duration in seconds.</param>
    public static string Seconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:F1} s");

    /// <summary>Formats a duration, such as <c>1:05</c> or <c>1:00:00</c>.</summary>
    /// <param name="time">The duration, at least zero.</param>
    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);

    /// <summary>
    /// Replaces control characters by spaces, because names and messages may come from an untrusted file.
    /// </summary>
    /// <param name="text">The text, which may contain line ends.</param>
    public static string OneLine(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (int i = 0; i < source.Length; i++)
        {
            line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });

    /// <summary>Splits a message into lines without control characters.</summary>
    /// <param name="text">The text, which may contain line ends.</param>
    public static IEnumerable<string> Lines(string text) => text.Split('\n').Select(OneLine);
}
