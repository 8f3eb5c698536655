namespace Raft.Verified.Tests.Golden.StandIn;

/// <summary>
/// Two texts, line by line: what only the first has is marked with <c>-</c>, what only the second has with <c>+</c>, each with its line's
/// number there, among a few lines that both have. Blanks at the end of a changed line are shown as <c>·</c>.
/// </summary>
internal static class LineDifference
{
    private const int Context = 2;

    private const int MaxLines = 60;

    /// <summary>The difference, of at most some sixty lines.</summary>
    public static string Of(string before, string after)
    {
        List<Line> lines = Align(Split(before), Split(after));
        bool[] shown = Near(lines);
        List<string> output = [];
        for (int i = 0; i < lines.Count; i++)
        {
            if (shown[i])
            {
                output.Add(lines[i].ToString());
            }
            else if (i == 0 || shown[i - 1])
            {
                output.Add("  ...");
            }
        }

        return string.Join('\n', output.Count <= MaxLines
            ? output
            : output.Take(MaxLines).Append($"  ... and {output.Count - MaxLines} lines more"));
    }

    private static string[] Split(string text) => text.Length == 0 ? [] : text.Split('\n');

    // The longest common subsequence, from the lengths of those of all suffixes.
    private static List<Line> Align(string[] before, string[] after)
    {
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int b = before.Length - 1; b >= 0; b--)
        {
            for (int a = after.Length - 1; a >= 0; a--)
            {
                common[b, a] = before[b] == after[a] ? common[b + 1, a + 1] + 1 : Math.Max(common[b + 1, a], common[b, a + 1]);
            }
        }

        List<Line> lines = [];
        int i = 0;
        int j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                lines.Add(new Line(' ', ++j, before[i++]));
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add(new Line('-', i + 1, before[i++]));
            }
            else
            {
                lines.Add(new Line('+', j + 1, after[j++]));
            }
        }

        return lines;
    }

    private static bool[] Near(List<Line> lines)
    {
        bool[] near = new bool[lines.Count];
        for (int i = 0; i < lines.Count; i++)
        {
            if (lines[i].Mark != ' ')
            {
                int from = Math.Max(0, i - Context);
                near.AsSpan(from, Math.Min(lines.Count, i + Context + 1) - from).Fill(true);
            }
        }

        return near;
    }

    private readonly record struct Line(char Mark, int Number, string Text)
    {
        public override string ToString()
        {
            string end = Text.TrimEnd();
            string text = Mark == ' ' ? Text : end + new string('·', Text.Length - end.Length);
            return $"{Mark} {Number,4} {text}".TrimEnd();
        }
    }
}
