namespace Raft.Verified.Mutants.Catalogue;

/// <summary>A seeded bug: replacements in the shipping code, and the exploration that is expected to find it.</summary>
public sealed record Mutant
{
    /// <summary>The name of the mutant: letters and a number, as in the catalogues of known bugs.</summary>
    public required string Id { get; init; }

    /// <summary>A description of the bug, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>The origin of the bug: projects, issues, papers or courses in which it was seen.</summary>
    public required string Seen { get; init; }

    /// <summary>The replacements that make the mutant; at least one.</summary>
    public required IReadOnlyList<MutantEdit> Edits { get; init; }

    /// <summary>
    /// The names of the properties that may find the mutant. A violation of any other property, or of the engine's
    /// bounds, does not count.
    /// </summary>
    public required IReadOnlyList<string> Properties { get; init; }

    /// <summary>The names of the scenarios to explore, in this order, until the mutant is found.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>The names of the strategies to explore each scenario with, in this order.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>The number of schedules per scenario and strategy; 1 to 1,000,000.</summary>
    public required int Budget { get; init; }

    /// <summary>
    /// The lab tests that are known to catch the mutant by their own checks. They run before all others.
    /// </summary>
    public IReadOnlyList<string> LabTests { get; init; } = [];

    /// <summary>Applies the edits and returns the new text of each changed file, by path.</summary>
    /// <param name="read">The function that returns the text of a file, with line feeds as line ends.</param>
    /// <exception cref="MutantException">A text to replace does not occur exactly once.</exception>
    public IReadOnlyDictionary<string, string> Apply(Func<string, string> read)
    {
        ArgumentNullException.ThrowIfNull(read);
        SortedDictionary<string, string> changed = new(StringComparer.Ordinal);
        foreach (MutantEdit edit in Edits)
        {
            string text = changed.GetValueOrDefault(edit.File) ?? read(edit.File);
            int at = text.IndexOf(edit.Replace, StringComparison.Ordinal);
            int again = at < 0 ? -1 : text.IndexOf(edit.Replace, at + 1, StringComparison.Ordinal);
            if (at < 0 || again >= 0)
            {
                string line = edit.Replace.AsSpan().Trim().ToString().Split('\n')[0];
                throw new MutantException(
                    $"{Id}: {edit.File}: the text to replace ('{line}' ...) {(at < 0 ? "does not occur" : "occurs more than once")}; expected exactly once");
            }

            changed[edit.File] = string.Concat(text.AsSpan(0, at), edit.With, text.AsSpan(at + edit.Replace.Length));
        }

        return changed;
    }

    /// <inheritdoc />
    public override string ToString() => $"{Id}: {Title}";
}
