namespace Raft.Verified.Exploration.Coverage;

/// <summary>What an exploration has reached.</summary>
public sealed record CoverageReport
{
    /// <summary>How many schedules it took.</summary>
    public required long Schedules { get; init; }

    /// <summary>
    /// How many abstract states they came through: states of the whole program, in which equivalent states have the same fingerprint. Counting ends
    /// at <see cref="MaxStates"/>.
    /// </summary>
    public required long States { get; init; }

    /// <summary>
    /// How many of those were new in the last tenth of the schedules. The tenth begins where the curve has a point, so it may be a little longer.
    /// </summary>
    public required long NewInLastTenth { get; init; }

    /// <summary>After so many schedules, so many states: at most some hundred points, from the first to the last schedule.</summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>The sums of <see cref="Runtime.IExploredRun.Counts"/>; empty when there was no schedule.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>Where the counting of states ends.</summary>
    public static int MaxStates => 1 << 23;
}
