using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Scenarios.Lab;

namespace Raft.Verified.Cli.Output.Mutants;

/// <summary>What the gate found out about all mutants together.</summary>
/// <param name="Catalogue">The catalogue that they come from.</param>
/// <param name="Outcomes">How each of them fared.</param>
/// <param name="Options">How they were tried.</param>
/// <param name="Elapsed">The time that it took.</param>
/// <param name="IsWhole">Whether the whole catalogue was tried.</param>
/// <param name="WasInterrupted">Whether the user ended it early.</param>
internal sealed record MutantReport(
    MutantCatalogue Catalogue, IReadOnlyList<MutantOutcome> Outcomes, GateOptions Options, TimeSpan Elapsed, bool IsWhole, bool WasInterrupted)
{
    /// <summary>The mutants that were found.</summary>
    public int Found => Outcomes.Count(outcome => outcome.Verdict == MutantVerdict.Found);

    /// <summary>The mutants that the checks of the lab suite alone have caught.</summary>
    public int FoundByLab => Outcomes.Count(outcome => outcome.LabTests.Count > 0);

    /// <summary>How much of the found schedule is left after shrinking: the median over all mutants, from 0 to 1; null when nothing was shrunk.</summary>
    public double? MedianShrunk => MedianOf(outcome => outcome.Shrunk!.Value);

    /// <summary>The same of the whole runs, what follows fairly and needs no decisions on file included.</summary>
    public double? MedianShrunkRun => MedianOf(outcome => outcome.Shrunk!.Value + outcome.FairEnd);

    /// <summary>The lab tests that no mutant was caught by, when the whole catalogue was tried and the lab suite asked.</summary>
    public IReadOnlyList<string> IdleLabTests => !IsWhole || WasInterrupted || Options.LabRuns == 0
        ? []
        : [.. LabSuite.All.Select(test => test.Name).Except(Outcomes.SelectMany(outcome => outcome.LabTests))];

    /// <summary>Whether a mutant that was tried was not found, or a lab test has caught none.</summary>
    public bool IsFailed => Found < Outcomes.Count || IdleLabTests.Count > 0;

    private double? MedianOf(Func<MutantOutcome, int> length)
    {
        double[] parts = [.. Outcomes.Where(outcome => outcome is { Shrunk: not null, First: not null }).Select(outcome => (double)length(outcome) / outcome.First!.Decisions).Order()];
        return parts.Length == 0 ? null
            : parts.Length % 2 == 1 ? parts[parts.Length / 2]
            : (parts[(parts.Length / 2) - 1] + parts[parts.Length / 2]) / 2;
    }
}
