using System.Globalization;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Mutants.Gate;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>A column of the table of mutants.</summary>
/// <param name="Heading">The heading of the column.</param>
/// <param name="Rank">The order in which a narrow terminal leaves out columns, the greatest first; 0 for never.</param>
/// <param name="IsNumber">True to align the column to the right.</param>
/// <param name="Text">The function that gives the cell of a mutant.</param>
/// <param name="Wrap">The width to which the column may shrink, in characters; 0 when its text does not break.</param>
internal sealed record MutantColumn(string Heading, int Rank, bool IsNumber, Func<MutantOutcome, string> Text, int Wrap = 0)
{
    /// <summary>The columns in their order.</summary>
    public static IReadOnlyList<MutantColumn> All { get; } =
    [
        new("mutant", 0, false, outcome => outcome.Mutant.Id),
        new("verdict", 0, false, outcome => Verdict(outcome.Verdict)),
        new("lab alone", 5, false, outcome => !outcome.LabAsked ? "" : outcome.LabTests.Count > 0 ? "yes" : "no"),
        new("explored", 6, false, outcome => outcome.Seeds.Count == 0 ? "" : outcome.Seeds.All(seed => seed.Property is not null) ? "yes" : "no"),
        new("property", 0, false, outcome => string.Join(", ", outcome.Seeds.Select(seed => seed.Property).OfType<string>().Distinct()), Wrap: 20),
        new("scenario", 7, false, outcome => outcome.First?.Scenario ?? ""),
        new("strategy", 4, false, outcome => outcome.First?.Strategy ?? ""),
        new("schedules", 1, true, outcome => string.Join('/', outcome.Seeds.Select(seed => Format.Number(seed.Schedules)))),
        new("seconds", 3, true, outcome => outcome.First?.Seconds.ToString("F2", CultureInfo.InvariantCulture) ?? ""),
        new("decisions", 2, true, outcome => outcome.First is { } first ? Format.Number(first.Decisions) : ""),
        new("shrunk", 2, true, outcome => outcome.Shrunk is { } shrunk ? Format.Number(shrunk) + (outcome.FairEnd > 0 ? $" +{Format.Number(outcome.FairEnd)}" : "") : ""),
        new("title", 8, false, outcome => outcome.Mutant.Title, Wrap: 40),
    ];

    /// <summary>Returns a table of outcomes.</summary>
    /// <param name="outcomes">The outcomes, in order.</param>
    public static TextTable Table(IEnumerable<MutantOutcome> outcomes)
    {
        TextTable table = new([.. All.Select(column => new TextColumn(column.Heading, column.Rank, column.IsNumber, column.Wrap))]);
        foreach (MutantOutcome outcome in outcomes)
        {
            table.Add(All.Select(column => column.Text(outcome)), outcome.Verdict == MutantVerdict.Found ? Paint.None : Paint.Red);
        }

        return table;
    }

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
