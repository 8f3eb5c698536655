using Raft.Verified.Mutants.Gate;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>The progress display of the gate.</summary>
internal static class MutantDisplay
{
    private const int LinesAroundRows = 7;

    /// <summary>Runs the gate to the end, or until interrupted, and shows the progress.</summary>
    /// <param name="gate">The gate to run.</param>
    /// <param name="stream">The destination of the display.</param>
    /// <param name="interrupted">The token that ends the run early.</param>
    public static Task ShowAsync(MutantGate gate, OutputStream stream, CancellationToken interrupted) => LiveProgress.ShowAsync(
        () => gate.Run(null, interrupted), stream, end => Frame(gate, stream, end), () => State(gate), () => { });

    private static string State(MutantGate gate)
    {
        // The remaining time cannot be estimated before the first mutant is done.
        string left = gate.Done is var done and > 0
            ? $", about {Format.Clock(gate.Elapsed / done * (gate.Count - done))} left"
            : "";
        IReadOnlyList<MutantOutcome> outcomes = gate.Outcomes;
        int found = outcomes.Count(outcome => outcome.Verdict == MutantVerdict.Found);
        return $"{Format.Clock(gate.Elapsed)}{left}: {gate.Done} of {Format.Count(gate.Count, "mutant")}, {found} found, {outcomes.Count - found} not";
    }

    private static IRenderable Frame(MutantGate gate, OutputStream stream, bool end)
    {
        if (end)
        {
            return new Text("");
        }

        Table table = LiveProgress.NewTable(MutantColumn.All.Where(column => stream.Width >= column.FromWidth).Select(column => (column.Heading, column.IsNumber)));
        foreach (MutantOutcome outcome in gate.Outcomes.TakeLast(Math.Max(1, stream.Height - LinesAroundRows)))
        {
            Style style = outcome.Verdict == MutantVerdict.Found ? Style.Plain : new Style(Color.Red);
            table.AddRow(MutantColumn.All.Where(column => stream.Width >= column.FromWidth).Select(column => new Text(column.Text(outcome), style)));
        }

        return LiveProgress.WithState(table, State(gate));
    }
}
