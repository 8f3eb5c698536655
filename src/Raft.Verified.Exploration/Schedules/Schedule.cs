namespace Raft.Verified.Exploration.Schedules;

/// <summary>A schedule: its origin and every decision.</summary>
/// <param name="Header">The origin of the schedule and its violation.</param>
/// <param name="Decisions">All decisions, in order; with a <see cref="Tail"/>, those before it.</param>
public sealed record Schedule(ScheduleHeader Header, IReadOnlyList<Decision> Decisions)
{
    /// <summary>The fair end that follows the listed decisions; null when the schedule ends with them.</summary>
    public FairTail? Tail { get; init; }
}
