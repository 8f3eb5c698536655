using Raft.Verified.Mutants.Catalogue;

namespace Raft.Verified.Mutants.Gate;

/// <summary>The result of the gate for one mutant.</summary>
public sealed record MutantOutcome
{
    /// <summary>The mutant that was tried.</summary>
    public required Mutant Mutant { get; init; }

    /// <summary>The verdict about the mutant.</summary>
    public required MutantVerdict Verdict { get; init; }

    /// <summary>The reason why the mutant was not found; null when it was found.</summary>
    public string? Reason { get; init; }

    /// <summary>The outcomes of the base seeds, in the order of the seeds.</summary>
    public IReadOnlyList<SeedOutcome> Seeds { get; init; } = [];

    /// <summary>
    /// The length of the shrunk schedule of the first seed, in decisions; null when it was not shrunk.
    /// </summary>
    public int? Shrunk { get; init; }

    /// <summary>
    /// The number of decisions that the fair scheduler makes after those of <see cref="Shrunk"/>.
    /// They are not in the schedule file.
    /// </summary>
    public int FairEnd { get; init; }

    /// <summary>The duration of shrinking, in seconds; 0 when the schedule was not shrunk.</summary>
    public double ShrinkSeconds { get; init; }

    /// <summary>The lab tests that were run and caught the mutant by their own checks.</summary>
    public IReadOnlyList<string> LabTests { get; init; } = [];

    /// <summary>
    /// True when the verdict of the lab suite is known: a test caught the mutant, or all tests were run.
    /// </summary>
    public bool LabAsked { get; init; }

    /// <summary>The outcome of the first seed that found a violation; null when no seed did.</summary>
    public SeedOutcome? First => Seeds.FirstOrDefault(seed => seed.Property is not null);

    /// <summary>The path of the schedule file; null when no file was written.</summary>
    public string? ScheduleFile { get; init; }

    /// <summary>The duration of the whole trial, in seconds.</summary>
    public double Seconds { get; init; }
}
