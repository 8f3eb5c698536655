using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>The report of the gate about all mutants together.</summary>
/// <param name="Catalogue">The catalogue of the mutants.</param>
/// <param name="Outcomes">The outcomes of the mutants that were tried.</param>
/// <param name="Options">The options of the gate.</param>
/// <param name="Elapsed">The duration of the run.</param>
/// <param name="IsWhole">True when the run was for the whole catalogue.</param>
/// <param name="WasInterrupted">True when the user ended the run early.</param>
internal sealed record MutantReport(
    MutantCatalogue Catalogue, IReadOnlyList<MutantOutcome> Outcomes, GateOptions Options, TimeSpan Elapsed, bool IsWhole, bool WasInterrupted)
{
    /// <summary>The number of mutants that were found.</summary>
    public int Found => Outcomes.Count(outcome => outcome.Verdict == MutantVerdict.Found);

    /// <summary>The number of mutants that the checks of the lab suite caught without monitors.</summary>
    public int FoundByLab => Outcomes.Count(outcome => outcome.LabTests.Count > 0);

    /// <summary>
    /// The median over all mutants of the length after shrinking relative to the found schedule, from 0 to 1; null when
    /// nothing was shrunk.
    /// </summary>
    public double? MedianShrunk => MedianOf(outcome => outcome.Shrunk!.Value);

    /// <summary>
    /// The median over all mutants of the length after shrinking, including the decisions of the fair scheduler,
    /// relative to the found schedule; null when nothing was shrunk.
    /// </summary>
    public double? MedianShrunkRun => MedianOf(outcome => outcome.Shrunk!.Value + outcome.FairEnd);

    /// <summary>
    /// The lab tests that caught no mutant; empty unless the run was complete, for the whole catalogue, and included
    /// the lab suite.
    /// </summary>
    public IReadOnlyList<string> IdleLabTests => !IsWhole || WasInterrupted || Options.LabRuns == 0
        ? []
        : [.. LabSuite.All.Select(test => test.Name).Except(Outcomes.SelectMany(outcome => outcome.LabTests))];

    /// <summary>True when a tried mutant was not found, or a lab test caught no mutant.</summary>
    public bool IsFailed => Found < Outcomes.Count || IdleLabTests.Count > 0;

    private double? MedianOf(Func<MutantOutcome, int> length)
    {
        double[] parts = [.. Outcomes.Where(outcome => outcome is { Shrunk: not null, First: not null }).Select(outcome => (double)length(outcome) / outcome.First!.Decisions).Order()];
        return parts.Length == 0 ? null
            : parts.Length % 2 == 1 ? parts[parts.Length / 2]
            : (parts[(parts.Length / 2) - 1] + parts[parts.Length / 2]) / 2;
    }
}
