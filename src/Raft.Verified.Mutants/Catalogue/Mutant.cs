namespace Raft.Verified.Mutants.Catalogue;

/// <summary>A seeded bug: the shipping code with a piece of text replaced, and what is expected of it.</summary>
public sealed record Mutant
{
    /// <summary>Its name: a letter or two and a number, as in the catalogues of known bugs.</summary>
    public required string Id { get; init; }

    /// <summary>What is wrong, in a line.</summary>
    public required string Title { get; init; }

    /// <summary>Where the bug was seen: projects, issues, papers, courses.</summary>
    public required string Seen { get; init; }

    /// <summary>What is replaced; at least one piece of text.</summary>
    public required IReadOnlyList<MutantEdit> Edits { get; init; }

    /// <summary>The properties that may find it. One found by any other, or by the engine's own bounds, does not count as found.</summary>
    public required IReadOnlyList<string> Properties { get; init; }

    /// <summary>The scenarios to explore, one after the other, until it is found.</summary>
    public required IReadOnlyList<string> Scenarios { get; init; }

    /// <summary>The strategies to explore each of them with, one after the other.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>How many schedules each scenario and strategy gets; at least 1.</summary>
    public required int Budget { get; init; }

    /// <summary>Lab tests that are known to catch it by their own checks: they are run before all others.</summary>
    public IReadOnlyList<string> LabTests { get; init; } = [];

    /// <inheritdoc />
    public override string ToString() => $"{Id}: {Title}";
}

/// <summary>One replacement.</summary>
/// <param name="File">The source file, from the top of the repository, with slashes.</param>
/// <param name="Replace">The text to replace; it must be there exactly once.</param>
/// <param name="With">What takes its place.</param>
public sealed record MutantEdit(string File, string Replace, string With);

/// <summary>A known bug that there is no mutant of.</summary>
/// <param name="Id">Its name in the catalogues of known bugs.</param>
/// <param name="Title">What is wrong, in a line.</param>
/// <param name="Reason">Why there is none: the feature does not exist, or the bug cannot be seen here.</param>
public sealed record SetAsideBug(string Id, string Title, string Reason);

/// <summary>A data file of the catalogue is malformed, or does not fit the sources. The message names it, and what was found and expected.</summary>
public sealed class MutantException(string message) : Exception(message);
