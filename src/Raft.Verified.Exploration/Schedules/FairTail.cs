namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The end of a schedule that needs no decisions: it goes on fairly (<see cref="Strategies.FairOrder"/>), the same way every time, until what has to come
/// about has not come about in time.
/// </summary>
/// <param name="Decisions">How many decisions follow; at least 1.</param>
/// <param name="Fingerprint">The event hash at the end.</param>
public sealed record FairTail(int Decisions, ulong Fingerprint);
