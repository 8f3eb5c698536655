using Raft.Verified.Exploration.Coverage;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration;

/// <summary>The outcome of one schedule.</summary>
/// <param name="Decisions">The number of decisions that the schedule took.</param>
/// <param name="EventHash">The hash of every event in the schedule.</param>
/// <param name="GoalsReached">The goals that were reached, as bits in the scenario's order.</param>
/// <param name="Figures">The cost of the scenario's body; null when the body did not end.</param>
/// <param name="Violation">The violation that was found; null when there is none.</param>
/// <param name="Coverage">The coverage of the schedule; null when it is not collected.</param>
internal readonly record struct ScheduleOutcome(
    int Decisions, ulong EventHash, ulong GoalsReached, RunFigures? Figures, FoundViolation? Violation, ScheduleCoverage? Coverage)
{
    /// <summary>
    /// The decisions of the schedule, for later schedules that continue from it; null when they are not kept.
    /// </summary>
    public IReadOnlyList<int>? Path { get; init; }

    /// <summary>True when delays decided the order.</summary>
    public bool Timed { get; init; }

    /// <summary>The way in which the <c>guided</c> strategy made the schedule; 0 with any other strategy.</summary>
    public int Way { get; init; }
}
