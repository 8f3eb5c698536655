using System.Globalization;
using System.Text;
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
        foreach (string line in report.Outcomes.Count == 0 ? [] : Aligned([
            [.. MutantColumn.All.Select(column => column.Heading)],
            .. report.Outcomes.Select(outcome => MutantColumn.All.Select(column => column.Text(outcome)).ToArray())]))
        {
            writer.WriteLine(line);
        }

        writer.WriteLine();
        foreach (MutantOutcome outcome in report.Outcomes.Where(outcome => outcome.Verdict != MutantVerdict.Found))
        {
            writer.WriteLine($"{outcome.Mutant.Id}: {stream.Painted(MutantColumn.Verdict(outcome.Verdict), Paint.Red)}: {outcome.Mutant.Title}");
            foreach (string line in Format.Lines(outcome.Reason ?? ""))
            {
                writer.WriteLine($"  {line}");
            }
        }

        foreach (SetAsideBug bug in report.IsWhole ? report.Catalogue.SetAside : [])
        {
            writer.WriteLine($"{bug.Id}: no mutant: {bug.Title}: {bug.Reason}");
        }

        if (report.IdleLabTests is { Count: > 0 } idle)
        {
            writer.WriteLine(stream.Painted($"lab tests that caught no mutant: {string.Join(", ", idle)}", Paint.Red));
        }

        writer.WriteLine();
        writer.WriteLine(Summary(report));
    }

    /// <summary>Returns mutants as a list, followed by the set-aside bugs when the list is complete.</summary>
    /// <param name="catalogue">The catalogue of the mutants.</param>
    /// <param name="mutants">The mutants to list.</param>
    public static string List(MutantCatalogue catalogue, IReadOnlyList<Mutant> mutants)
    {
        StringBuilder text = new();
        string[][] rows =
        [
            ["mutant", "file", "properties", "scenarios", "title", "seen in"],
            .. mutants.Select(mutant => new[]
            {
                mutant.Id, string.Join(' ', mutant.Edits.Select(edit => Path.GetFileName(edit.File)).Distinct()), string.Join(' ', mutant.Properties),
                string.Join(' ', mutant.Scenarios), mutant.Title, mutant.Seen,
            }),
        ];
        foreach (string line in Aligned(rows))
        {
            text.Append(line).Append('\n');
        }

        if (mutants.Count == catalogue.Mutants.Count && catalogue.SetAside.Count > 0)
        {
            text.Append('\n').Append("known bugs without a mutant\n");
            foreach (string line in Aligned([.. catalogue.SetAside.Select(bug => new[] { bug.Id, bug.Title, bug.Reason })]))
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n');
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

    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            yield break;
        }

        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            yield return string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd();
        }
    }
}
