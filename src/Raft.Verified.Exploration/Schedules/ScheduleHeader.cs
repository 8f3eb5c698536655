namespace Raft.Verified.Exploration.Schedules;

/// <summary>The header of a schedule file.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Strategy">The strategy that made the schedule.</param>
/// <param name="Timed">True when delays decided the order.</param>
/// <param name="Seed">The seed of the exploration.</param>
/// <param name="Iteration">The number of the schedule in that exploration.</param>
/// <param name="UnfairSteps">The number of steps after which the schedule became fair.</param>
/// <param name="Build">The fingerprint of the build.</param>
/// <param name="Property">The property that was violated; empty when the schedule violates nothing.</param>
/// <param name="Message">The message of the violation; empty when the schedule violates nothing.</param>
public sealed record ScheduleHeader(
    string Scenario, string Strategy, bool Timed, ulong Seed, long Iteration, int UnfairSteps, string Build, string Property, string Message)
{
    /// <summary>
    /// The path of the assembly, or of the project, that offers the scenario; null for a scenario that is built in.
    /// A path that is not rooted is relative to the folder of the schedule file, with slashes.
    /// </summary>
    public string? Assembly { get; init; }

    /// <summary>True when the schedule violates a property; false when it was kept although it violates nothing.</summary>
    public bool HasViolation => Property.Length > 0;

    /// <summary>The seeded bug of the build; null for none.</summary>
    public string? Mutant { get; init; }

    /// <summary>
    /// The folder with the data files of the seeded bug; null when the bug is built in, and for none.
    /// </summary>
    public string? MutantFolder { get; init; }

    /// <summary>
    /// The number of decisions of the schedule before it was shrunk; null for a schedule that was found as it is.
    /// </summary>
    public int? ShrunkFrom { get; init; }

    /// <summary>True when the schedule draws its mix of faults; null when <see cref="Strategy"/> decides.</summary>
    public bool? DrawsFaultMix { get; init; }
}
