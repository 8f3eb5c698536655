using Raft.Verified.Mutants.Catalogue;

namespace Raft.Verified.Mutants.Gate;

/// <summary>How a mutant fared.</summary>
public enum MutantVerdict
{
    /// <summary>Every seed found it, within its budget, by a property that was expected to.</summary>
    Found,

    /// <summary>Some seed did not find it within its budget.</summary>
    Survived,

    /// <summary>Some seed found something else: a property that was not expected to catch it, or a bound of the engine.</summary>
    Unexpected,

    /// <summary>It could not be tried, took too long, or its schedule did not do what it must. The message says which.</summary>
    Error,
}

/// <summary>What the exploration with one base seed came to.</summary>
/// <param name="Seed">The base seed.</param>
/// <param name="Property">The property that was violated; null when nothing was found.</param>
/// <param name="Message">What it said.</param>
/// <param name="Scenario">The scenario that found it, or the last one tried.</param>
/// <param name="Strategy">The strategy that made the schedule, or the last one tried.</param>
/// <param name="Schedules">How many schedules it took, of all scenarios and strategies tried.</param>
/// <param name="Seconds">How long that took, in seconds.</param>
/// <param name="Decisions">The length of the schedule that was found; 0 when nothing was.</param>
public sealed record SeedOutcome(
    ulong Seed, string? Property, string? Message, string Scenario, string Strategy, long Schedules, double Seconds, int Decisions);

/// <summary>What the gate found out about one mutant.</summary>
public sealed record MutantOutcome
{
    /// <summary>The mutant.</summary>
    public required Mutant Mutant { get; init; }

    /// <summary>How it fared.</summary>
    public required MutantVerdict Verdict { get; init; }

    /// <summary>Why, when it was not found; null else.</summary>
    public string? Reason { get; init; }

    /// <summary>What each base seed came to, in their order.</summary>
    public IReadOnlyList<SeedOutcome> Seeds { get; init; } = [];

    /// <summary>The length of the shrunk schedule of the first seed, in decisions; null when it was not shrunk.</summary>
    public int? Shrunk { get; init; }

    /// <summary>How many decisions follow fairly behind those of <see cref="Shrunk"/>; they need none on file.</summary>
    public int FairEnd { get; init; }

    /// <summary>How long shrinking took, in seconds.</summary>
    public double ShrinkSeconds { get; init; }

    /// <summary>The lab tests whose own checks caught it, of those that were run.</summary>
    public IReadOnlyList<string> LabTests { get; init; } = [];

    /// <summary>Whether it is known what the lab suite says: a test has caught it, or all of them were run.</summary>
    public bool LabAsked { get; init; }

    /// <summary>What was found first: that of the first seed that found something; null when none did.</summary>
    public SeedOutcome? First => Seeds.FirstOrDefault(seed => seed.Property is not null);

    /// <summary>The file of the shrunk schedule; null when none was written.</summary>
    public string? ScheduleFile { get; init; }

    /// <summary>Everything that was done for it, in seconds.</summary>
    public double Seconds { get; init; }
}
