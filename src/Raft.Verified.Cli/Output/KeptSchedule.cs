using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Cli.Output;

/// <summary>The file of a schedule that violated a property.</summary>
/// <param name="File">The path of the file; null when writing it failed.</param>
/// <param name="Error">The reason why writing the file failed; null when it succeeded.</param>
internal readonly record struct KeptSchedule(string? File, string? Error)
{
    /// <summary>
    /// Writes the schedule of a violation. A failure to write is returned, not thrown, so that the violation is still
    /// reported.
    /// </summary>
    /// <param name="directory">The folder for the file.</param>
    /// <param name="scenario">The name of the scenario.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="violation">The violation with its schedule.</param>
    /// <param name="origin">The places that this run was made from.</param>
    public static KeptSchedule Write(string directory, string scenario, ulong seed, FoundViolation violation, FollowUp origin) =>
        Write(Path.Combine(directory, $"{scenario}-{seed}-{violation.Iteration}.schedule"), violation.Schedule, origin);

    /// <summary>Writes a schedule. A failure to write is returned, not thrown.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="schedule">The schedule to write.</param>
    /// <param name="origin">The places that this run was made from.</param>
    public static KeptSchedule Write(string path, Schedule schedule, FollowUp origin)
    {
        try
        {
            ScheduleFile.Write(path, origin.Origin(schedule));
            return new KeptSchedule(path, null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new KeptSchedule(null, $"{path}: cannot be written: {exception.Message}");
        }
    }
}
