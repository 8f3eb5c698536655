using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration;

/// <summary>The totals of the runs of one scenario of a suite so far.</summary>
public sealed record SuiteTotals
{
    /// <summary>The number of runs that have ended.</summary>
    public required long Runs { get; init; }

    /// <summary>The number of runs in which a violation was found.</summary>
    public required long Failures { get; init; }

    /// <summary>The number of decisions that the runs took.</summary>
    public required long Decisions { get; init; }

    /// <summary>The real time of all runs together, in seconds.</summary>
    public required double RealSeconds { get; init; }

    /// <summary>
    /// The virtual time of the scenario's body, in seconds, averaged over the runs without a violation.
    /// </summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>
    /// The averages of <see cref="RunFigures.Counts"/> over the same runs; empty before the first of them has ended.
    /// </summary>
    public required IReadOnlyList<double> Averages { get; init; }

    /// <summary>A hash of the events of all runs, independent of their order.</summary>
    public required ulong EventHash { get; init; }

    /// <summary>Returns true when all figures are equal.</summary>
    public bool Equals(SuiteTotals? other) =>
        other is not null && Runs == other.Runs && Failures == other.Failures && Decisions == other.Decisions && RealSeconds.Equals(other.RealSeconds)
        && SimulatedSeconds.Equals(other.SimulatedSeconds) && Averages.SequenceEqual(other.Averages) && EventHash == other.EventHash;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Runs, EventHash);
}
