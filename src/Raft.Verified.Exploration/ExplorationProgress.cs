namespace Raft.Verified.Exploration;

/// <summary>How far an exploration is.</summary>
/// <param name="Schedules">Schedules run.</param>
/// <param name="Decisions">Decisions taken.</param>
/// <param name="GoalsReached">How many of the goals were reached.</param>
/// <param name="Elapsed">The time spent on it.</param>
public readonly record struct ExplorationProgress(long Schedules, long Decisions, int GoalsReached, TimeSpan Elapsed);
