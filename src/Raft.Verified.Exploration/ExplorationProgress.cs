namespace Raft.Verified.Exploration;

/// <summary>The progress of an exploration.</summary>
/// <param name="Schedules">The number of schedules run.</param>
/// <param name="Decisions">The number of decisions taken.</param>
/// <param name="GoalsReached">The number of goals reached.</param>
/// <param name="Elapsed">The real time spent on the exploration.</param>
public readonly record struct ExplorationProgress(long Schedules, long Decisions, int GoalsReached, TimeSpan Elapsed);
