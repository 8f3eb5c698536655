using System.Globalization;
using Raft.Verified.Cli.Output.Tables;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>The report of the gate, and the list of mutants, for people.</summary>
internal static class MutantText
{
    /// <summary>Writes the table, the failures and the summary.</summary>
    /// <param name="report">The report of the gate.</param>
    /// <param name="stream">The destination of the report.</param>
    public static void Write(MutantReport report, OutputStream stream)
    {
        TextWriter writer = stream.Writer;
        if (report.Outcomes.Count > 0)
        {
            MutantColumn.Table(report.Outcomes).Write(stream);
        }

        writer.WriteLine();
        foreach (MutantOutcome outcome in report.Outcomes.Where(outcome => outcome.Verdict != MutantVerdict.Found))
        {
            stream.WriteText($"{outcome.Mutant.Id}: {stream.Painted(MutantColumn.Verdict(outcome.Verdict), Paint.Red)}: {outcome.Mutant.Title}");
            foreach (string line in Format.Lines(outcome.Reason ?? ""))
            {
                stream.WriteText($"  {line}");
            }
        }

        foreach (SetAsideBug bug in report.IsWhole ? report.Catalogue.SetAside : [])
        {
            stream.WriteText($"{bug.Id}: no mutant: {bug.Title}: {bug.Reason}");
        }

        if (report.IdleLabTests is { Count: > 0 } idle)
        {
            stream.WriteText(stream.Painted($"lab tests that caught no mutant: {string.Join(", ", idle)}", Paint.Red));
        }

        writer.WriteLine();
        stream.WriteText(Summary(report));
    }

    /// <summary>Writes a list of mutants, followed by the set-aside bugs when the list is complete.</summary>
    /// <param name="catalogue">The catalogue of the mutants.</param>
    /// <param name="mutants">The mutants to list.</param>
    /// <param name="stream">The destination of the list.</param>
    public static void WriteList(MutantCatalogue catalogue, IReadOnlyList<Mutant> mutants, OutputStream stream)
    {
        TextTable table = new(
        [
            new("mutant"), new("file", Rank: 3, Wrap: 20), new("properties", Rank: 1, Wrap: 20), new("scenarios", Rank: 2, Wrap: 20), new("title", Wrap: 32),
            new("seen in", Rank: 4, Wrap: 20),
        ]);
        foreach (Mutant mutant in mutants)
        {
            table.Add(
            [
                mutant.Id, string.Join(' ', mutant.Edits.Select(edit => Path.GetFileName(edit.File)).Distinct()), string.Join(' ', mutant.Properties),
                string.Join(' ', mutant.Scenarios), mutant.Title, mutant.Seen,
            ]);
        }

        table.Write(stream);
        if (mutants.Count == catalogue.Mutants.Count && catalogue.SetAside.Count > 0)
        {
            TextTable aside = new([new("known bug"), new("title", Wrap: 24), new("why there is no mutant", Wrap: 24)]);
            foreach (SetAsideBug bug in catalogue.SetAside)
            {
                aside.Add([bug.Id, bug.Title, bug.Reason]);
            }

            stream.Writer.WriteLine();
            aside.Write(stream);
        }
    }

    private static string Summary(MutantReport report)
    {
        if (report is { WasInterrupted: true, Outcomes.Count: 0 })
        {
            return $"interrupted after {Format.Seconds(report.Elapsed.TotalSeconds)}, before the first mutant was done";
        }

        string tests = report.Options.WholeLab ? Format.Count(LabSuite.All.Count, "test") : "only the tests known to catch them";
        string lab = report.Options.LabRuns == 0 ? "" : $"; {report.FoundByLab} also by the checks of the lab suite alone ({tests}, {Format.Count(report.Options.LabRuns, "run")} each)";
        string shrunk = report is { MedianShrunk: { } median, MedianShrunkRun: { } run }
            ? string.Create(CultureInfo.InvariantCulture, $"; shrunk schedules have {median:P1} of the decisions in the median, {run:P1} with those of the fair scheduler")
            : "";
        return $"{(report.WasInterrupted ? "interrupted; " : "")}{report.Found} of {Format.Count(report.Outcomes.Count, "mutant")} found by each of {Format.Count(report.Options.Seeds, "base seed")}{lab}{shrunk}; "
            + $"{Format.Seconds(report.Elapsed.TotalSeconds)}, {Format.Count(report.Options.Workers, "worker")}";
    }
}
