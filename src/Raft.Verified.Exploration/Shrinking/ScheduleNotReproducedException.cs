namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The exception for a schedule that does not lead to its violation in this build.</summary>
/// <param name="message">The difference between the schedule and the run.</param>
public sealed class ScheduleNotReproducedException(string message) : Exception(message);
