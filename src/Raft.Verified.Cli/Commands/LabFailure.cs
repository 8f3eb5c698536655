namespace Raft.Verified.Cli.Commands;

/// <summary>A run of a lab test that failed.</summary>
/// <param name="Run">Its number.</param>
/// <param name="Property">What was violated: a property, or the test.</param>
/// <param name="Message">What was found.</param>
/// <param name="ScheduleFile">The file that holds its schedule; null when none was written.</param>
/// <param name="ScheduleFileError">Why that file could not be written; null when it could, or was not to be.</param>
internal sealed record LabFailure(long Run, string Property, string Message, string? ScheduleFile, string? ScheduleFileError);
