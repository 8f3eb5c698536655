using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration;

/// <summary>What one schedule came to.</summary>
/// <param name="Decisions">How many decisions it took.</param>
/// <param name="EventHash">The hash of everything that happened.</param>
/// <param name="GoalsReached">Which goals were reached, as bits.</param>
/// <param name="Figures">What the scenario's body took; null when it did not come to its end.</param>
/// <param name="Violation">What was found; null for nothing.</param>
/// <param name="Coverage">What was reached; null when nobody asks.</param>
internal readonly record struct ScheduleOutcome(
    int Decisions, ulong EventHash, ulong GoalsReached, RunFigures? Figures, FoundViolation? Violation, ScheduleCoverage? Coverage)
{
    /// <summary>Its decisions, for schedules that go on from it; null when there are none to be.</summary>
    public IReadOnlyList<int>? Path { get; init; }

    /// <summary>Whether delays decided the order.</summary>
    public bool Timed { get; init; }

    /// <summary>In which way strategy <c>guided</c> made it; 0 with any other.</summary>
    public int Way { get; init; }
}
