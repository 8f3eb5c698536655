namespace Raft.Verified.Cli.Commands;

/// <summary>A failed run of a lab test.</summary>
/// <param name="Run">The number of the run, from 0.</param>
/// <param name="Property">The name of the violated property, or of the check of the test.</param>
/// <param name="Message">The message of the violation.</param>
/// <param name="ScheduleFile">The path of the schedule file; null when none was written.</param>
/// <param name="ScheduleFileError">
/// The reason why writing the file failed; null when it succeeded or was not tried.
/// </param>
internal sealed record LabFailure(long Run, string Property, string Message, string? ScheduleFile, string? ScheduleFileError);
