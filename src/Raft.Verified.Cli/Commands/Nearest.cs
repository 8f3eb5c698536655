namespace Raft.Verified.Cli.Commands;

/// <summary>Names near to one that does not exist.</summary>
internal static class Nearest
{
    private const int Shown = 3;

    /// <summary><c>; did you mean 'a' or 'b'?</c>, or nothing when no name is near.</summary>
    public static string Suggest(string name, IEnumerable<string> names)
    {
        string[] near = [.. To(name, names).Select(candidate => $"'{candidate}'")];
        return near.Length == 0 ? "" : $"; did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>The nearest names, nearest first.</summary>
    public static IEnumerable<string> To(string name, IEnumerable<string> names) => names
        .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
        .Where(candidate => candidate.Distance <= Math.Max(2, name.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Take(Shown)
        .Select(candidate => candidate.Name);

    // Levenshtein's distance, with nothing to pay for what the candidate has behind a beginning that was typed right.
    private static int Distance(string typed, string candidate)
    {
        if (typed.Length > 1 && candidate.Contains(typed, StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }

        int[] row = [.. Enumerable.Range(0, candidate.Length + 1)];
        for (int i = 1; i <= typed.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= candidate.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(typed[i - 1]) == char.ToLowerInvariant(candidate[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
