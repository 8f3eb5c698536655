namespace Raft.Verified.Exploration.Coverage;

/// <summary>One point of the curve of states.</summary>
/// <param name="Schedules">The number of schedules up to this point.</param>
/// <param name="States">The number of abstract states that they reached.</param>
public readonly record struct CurvePoint(long Schedules, long States);
