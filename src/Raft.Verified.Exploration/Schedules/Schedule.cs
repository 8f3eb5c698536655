namespace Raft.Verified.Exploration.Schedules;

/// <summary>A schedule: where it comes from, and every decision.</summary>
/// <param name="Header">Where it comes from.</param>
/// <param name="Decisions">Every decision, in order; with a <see cref="Tail"/>, those before it.</param>
public sealed record Schedule(ScheduleHeader Header, IReadOnlyList<Decision> Decisions)
{
    /// <summary>What follows the decisions without being listed; null when the schedule ends with them.</summary>
    public FairTail? Tail { get; init; }
}
