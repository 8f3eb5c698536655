namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The schedule to be shrunk does not lead to its violation in this build.</summary>
/// <param name="message">What is different.</param>
public sealed class ScheduleNotReproducedException(string message) : Exception(message);
