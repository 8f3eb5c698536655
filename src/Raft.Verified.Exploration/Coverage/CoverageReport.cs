namespace Raft.Verified.Exploration.Coverage;

/// <summary>The coverage of an exploration.</summary>
public sealed record CoverageReport
{
    /// <summary>The number of schedules.</summary>
    public required long Schedules { get; init; }

    /// <summary>
    /// The number of abstract states that the schedules met: states of the whole program, in which equivalent states
    /// have the same fingerprint. Counting ends at <see cref="MaxStates"/>.
    /// </summary>
    public required long States { get; init; }

    /// <summary>
    /// The number of those states that were new in the last tenth of the schedules. The tenth begins at a point of the
    /// curve, so it may be a little longer.
    /// </summary>
    public required long NewInLastTenth { get; init; }

    /// <summary>
    /// The number of states over the number of schedules: at most some hundred points, from the first to the last
    /// schedule.
    /// </summary>
    public required IReadOnlyList<CurvePoint> Curve { get; init; }

    /// <summary>The sums of <see cref="Runtime.IExploredRun.Counts"/>; empty when there was no schedule.</summary>
    public required IReadOnlyList<long> Counts { get; init; }

    /// <summary>The number of states at which counting ends.</summary>
    public static int MaxStates => 1 << 23;
}
