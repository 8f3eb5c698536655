using System.Text.RegularExpressions;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>Checks of every output on a terminal: its lines fit, and no word or number is broken or cut.</summary>
internal static partial class TerminalText
{
    /// <summary>The widths that are tested.</summary>
    public static IReadOnlyList<int> Widths { get; } = [60, 80, 100];

    /// <summary>Checks the output on a terminal against the same output without one, where nothing is cut.</summary>
    /// <param name="narrow">The output on the terminal.</param>
    /// <param name="width">The width of the terminal.</param>
    /// <param name="wide">The output without a terminal.</param>
    /// <param name="own">The words that only a terminal shows.</param>
    public static void Check(string narrow, int width, string wide, params string[] own)
    {
        AssertFits(narrow, width);
        HashSet<string> whole = [.. Words(wide), .. own];
        Assert.Equal([], Words(narrow).Where(word => !whole.Contains(word)).Distinct());
    }

    /// <summary>Checks that no line is longer than the terminal is wide, unless it is a single word.</summary>
    public static void AssertFits(string output, int width) =>
        Assert.DoesNotContain(Plain(output).Split('\n'), line => line.Length > width && line.Trim().Contains(' ', StringComparison.Ordinal));

    /// <summary>The words of a text, without escape codes and rules. Times differ from run to run, so each is <c>#.#</c>.</summary>
    public static IEnumerable<string> Words(string text) => Plain(text).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
        .Where(word => word != "\\" && word.Trim('─').Length > 0)
        .Select(word => Time().Replace(word, "#.#"));

    /// <summary>Checks that words appear in a text in their order, on whatever lines.</summary>
    public static void AssertSays(string expected, string output) =>
        Assert.Contains(string.Join(' ', Words(expected)), string.Join(' ', Words(output)), StringComparison.Ordinal);

    /// <summary>A text without escape codes.</summary>
    public static string Plain(string text) => Code().Replace(text, "").ReplaceLineEndings("\n");

    [GeneratedRegex("\e\\[[0-9;?]*[a-zA-Z]")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b[0-9,]+\.[0-9]+\b")]
    private static partial Regex Time();
}
