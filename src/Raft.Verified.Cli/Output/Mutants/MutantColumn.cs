using System.Globalization;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>A column of the table of mutants.</summary>
/// <param name="Heading">The heading of the column.</param>
/// <param name="FromWidth">The minimum width of a terminal that shows the column, in characters.</param>
/// <param name="IsNumber">True to align the column to the right.</param>
/// <param name="Text">The function that gives the cell of a mutant.</param>
internal sealed record MutantColumn(string Heading, int FromWidth, bool IsNumber, Func<MutantOutcome, string> Text)
{
    /// <summary>The columns in their order.</summary>
    public static IReadOnlyList<MutantColumn> All { get; } =
    [
        new("mutant", 0, false, outcome => outcome.Mutant.Id),
        new("verdict", 0, false, outcome => Verdict(outcome.Verdict)),
        new("lab alone", 90, false, outcome => !outcome.LabAsked ? "" : outcome.LabTests.Count > 0 ? "yes" : "no"),
        new("explored", 100, false, outcome => outcome.Seeds.Count == 0 ? "" : outcome.Seeds.All(seed => seed.Property is not null) ? "yes" : "no"),
        new("property", 0, false, outcome => string.Join(", ", outcome.Seeds.Select(seed => seed.Property).OfType<string>().Distinct())),
        new("scenario", 140, false, outcome => outcome.First?.Scenario ?? ""),
        new("strategy", 110, false, outcome => outcome.First?.Strategy ?? ""),
        new("schedules", 0, true, outcome => string.Join('/', outcome.Seeds.Select(seed => Format.Number(seed.Schedules)))),
        new("seconds", 100, true, outcome => outcome.First?.Seconds.ToString("F2", CultureInfo.InvariantCulture) ?? ""),
        new("decisions", 90, true, outcome => outcome.First is { } first ? Format.Number(first.Decisions) : ""),
        new("shrunk", 90, true, outcome => outcome.Shrunk is { } shrunk ? Format.Number(shrunk) + (outcome.FairEnd > 0 ? $" +{Format.Number(outcome.FairEnd)}" : "") : ""),
        new("title", 180, false, outcome => outcome.Mutant.Title),
    ];

    /// <summary>Returns a verdict in one word.</summary>
    /// <param name="verdict">The verdict of the gate.</param>
    public static string Verdict(MutantVerdict verdict) => verdict switch
    {
        MutantVerdict.Found => "found",
        MutantVerdict.Survived => "SURVIVED",
        MutantVerdict.Unexpected => "UNEXPECTED",
        _ => "ERROR",
    };
}
