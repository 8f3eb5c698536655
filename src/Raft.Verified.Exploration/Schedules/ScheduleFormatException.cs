namespace Raft.Verified.Exploration.Schedules;

/// <summary>
/// The exception for a schedule file that cannot be read. The message names the file, the line and the expected
/// content.
/// </summary>
public sealed class ScheduleFormatException(string message) : Exception(message);
