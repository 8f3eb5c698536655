namespace Raft.Verified.Exploration.Coverage;

/// <summary>One point of the curve of states.</summary>
/// <param name="Schedules">After so many schedules,</param>
/// <param name="States">so many abstract states had been reached.</param>
public readonly record struct CurvePoint(long Schedules, long States);
