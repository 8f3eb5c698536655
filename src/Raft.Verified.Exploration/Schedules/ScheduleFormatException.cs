namespace Raft.Verified.Exploration.Schedules;

/// <summary>A schedule file cannot be read. The message names the file, the line and what was expected.</summary>
public sealed class ScheduleFormatException(string message) : Exception(message);
