namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The end of a schedule that needs no decisions. The schedule goes on fairly (<see cref="Strategies.FairOrder"/>), the
/// same way every time, until the liveness violation is certain.
/// </summary>
/// <param name="Decisions">The number of decisions that follow; at least 1.</param>
/// <param name="Fingerprint">The event hash at the end.</param>
public sealed record FairTail(int Decisions, ulong Fingerprint);
