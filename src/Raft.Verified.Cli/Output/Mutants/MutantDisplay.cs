using Raft.Verified.Mutants.Gate;
using Spectre.Console.Rendering;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>The progress display of the gate.</summary>
internal static class MutantDisplay
{
    // The lines besides the table: those of the progress, and the prompt before it.
    private const int OtherLines = 4;

    private const int MostNamed = 4;

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
        return $"{Format.Clock(gate.Elapsed)}{left}: {gate.Done} of {Format.Count(gate.Count, "mutant")}, {found} found, {outcomes.Count - found} not{Now(gate.Running)}";
    }

    private static string Now(IReadOnlyList<string> running) =>
        running.Count == 0 ? "" : $"; compiling and trying {string.Join(", ", running.Take(MostNamed))}{(running.Count > MostNamed ? ", ..." : "")}";

    private static IRenderable? Frame(MutantGate gate, OutputStream stream, bool end)
    {
        if (end)
        {
            return null;
        }

        IReadOnlyList<MutantOutcome> outcomes = gate.Outcomes;
        return LiveProgress.Frame(LiveProgress.Fitting(outcomes.Count, rows => MutantColumn.Table(outcomes.TakeLast(rows)), stream, OtherLines), stream, State(gate));
    }
}
