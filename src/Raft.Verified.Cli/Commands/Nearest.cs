namespace Raft.Verified.Cli.Commands;

/// <summary>The suggestion of existing names that are similar to a mistyped one.</summary>
internal static class Nearest
{
    private const int Shown = 3;

    /// <summary>Returns <c>; did you mean 'a' or 'b'?</c>, or an empty text when no name is similar.</summary>
    /// <param name="name">The mistyped name.</param>
    /// <param name="names">The existing names.</param>
    public static string Suggest(string name, IEnumerable<string> names)
    {
        string[] near = [.. To(name, names).Select(candidate => $"'{candidate}'")];
        return near.Length == 0 ? "" : $"; did you mean {string.Join(" or ", near)}?";
    }

    /// <summary>Returns the most similar names, the best first.</summary>
    /// <param name="name">The mistyped name.</param>
    /// <param name="names">The existing names.</param>
    public static IEnumerable<string> To(string name, IEnumerable<string> names) => names
        .Select(candidate => (Name: candidate, Distance: Distance(name, candidate)))
        .Where(candidate => candidate.Distance <= Math.Max(2, name.Length / 3))
        .OrderBy(candidate => candidate.Distance)
        .Take(Shown)
        .Select(candidate => candidate.Name);

    // The Levenshtein distance, but 0 when the candidate contains the typed text.
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
