using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Cli.Output;

/// <summary>The file of a schedule that violated something.</summary>
/// <param name="File">Its path; null when it could not be written.</param>
/// <param name="Error">Why it could not be written; null when it could.</param>
internal readonly record struct KeptSchedule(string? File, string? Error)
{
    /// <summary>Writes the schedule of what was found. Where it cannot be written, the finding still is to be reported.</summary>
    public static KeptSchedule Write(string directory, string scenario, ulong seed, FoundViolation violation, string? mutantFolder) =>
        Write(Path.Combine(directory, $"{scenario}-{seed}-{violation.Iteration}.schedule"), violation.Schedule, mutantFolder);

    /// <summary>Writes a schedule, if that can be done.</summary>
    public static KeptSchedule Write(string path, Schedule schedule, string? mutantFolder)
    {
        try
        {
            ScheduleFile.Write(path, mutantFolder is null ? schedule : schedule with { Header = schedule.Header with { MutantFolder = Path.GetFullPath(mutantFolder) } });
            return new KeptSchedule(path, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new KeptSchedule(null, $"{path}: cannot be written: {exception.Message}");
        }
    }
}
