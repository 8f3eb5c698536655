using System.Text.RegularExpressions;

namespace Raft.Verified.Tests.House;

/// <summary>The rule that the summary of a member names its subject: read alone, in a tooltip, "What it is" says nothing.</summary>
internal static partial class Summaries
{
    /// <summary>Returns a violation for each XML summary that begins with a word that stands for its subject, at the line of that word.</summary>
    public static IReadOnlyList<Violation> Check(IEnumerable<SourceFile> files) =>
        [.. files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).SelectMany(Check)];

    private static IEnumerable<Violation> Check(SourceFile file)
    {
        bool begun = false;
        for (int i = 0; i < file.Lines.Length; i++)
        {
            Match line = Documentation().Match(file.Lines[i]);
            if (!line.Success)
            {
                begun = false;
                continue;
            }

            string text = line.Groups["text"].Value;
            Match summary = Summary().Match(text);
            begun |= summary.Success;
            text = summary.Success ? text[(summary.Index + summary.Length)..] : text;
            if (!begun || string.IsNullOrWhiteSpace(text))
            {
                continue;
            }

            begun = false;
            if (Headless().Match(text) is { Success: true } word)
            {
                yield return new Violation(file, i + 1, $"The summary begins with \"{word.Value}\"; begin with a noun for a type and with a verb for a method: {text.Trim()}");
            }
        }
    }

    [GeneratedRegex(@"^\s*///(?<text>.*)$")]
    private static partial Regex Documentation();

    [GeneratedRegex("<summary>")]
    private static partial Regex Summary();

    [GeneratedRegex(@"(?<=^\s*)(What|How|Where|Who|Whom|Whether|That|Those)\b")]
    private static partial Regex Headless();
}
