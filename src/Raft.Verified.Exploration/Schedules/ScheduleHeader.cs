namespace Raft.Verified.Exploration.Schedules;

/// <summary>What a schedule file begins with.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Strategy">The strategy that made the schedule.</param>
/// <param name="Timed">Whether delays decided the order.</param>
/// <param name="Seed">The exploration's seed.</param>
/// <param name="Iteration">The number of the schedule in that exploration.</param>
/// <param name="UnfairSteps">After how many steps the schedule became fair.</param>
/// <param name="Build">The fingerprint of the build.</param>
/// <param name="Property">The property that was violated.</param>
/// <param name="Message">What was found.</param>
public sealed record ScheduleHeader(
    string Scenario, string Strategy, bool Timed, ulong Seed, long Iteration, int UnfairSteps, string Build, string Property, string Message)
{
    /// <summary>The seeded bug of the build; null for none.</summary>
    public string? Mutant { get; init; }

    /// <summary>The folder with the data files that the seeded bug comes from; null when it is one of the build's own, and for none.</summary>
    public string? MutantFolder { get; init; }

    /// <summary>How many decisions the schedule had that this one was shrunk from; null for one that was found like this.</summary>
    public int? ShrunkFrom { get; init; }

    /// <summary>Whether the schedule draws its mix of faults; null when it does as <see cref="Strategy"/> does.</summary>
    public bool? DrawsFaultMix { get; init; }
}
