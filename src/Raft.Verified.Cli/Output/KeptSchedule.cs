using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Cli.Output;

/// <summary>The file of a schedule.</summary>
/// <param name="File">The path of the file; null when writing it failed.</param>
/// <param name="Error">The reason why writing the file failed; null when it succeeded.</param>
internal readonly record struct KeptSchedule(string? File, string? Error)
{
    /// <summary>
    /// Writes a schedule of an exploration to a file that its number names. A failure to write is returned, not thrown, so
    /// that a violation is still reported.
    /// </summary>
    /// <param name="directory">The folder for the file.</param>
    /// <param name="scenario">The name of the scenario.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="iteration">The number of the schedule, from 0.</param>
    /// <param name="schedule">The schedule to write.</param>
    /// <param name="origin">The places that this run was made from.</param>
    public static KeptSchedule Write(string directory, string scenario, ulong seed, long iteration, Schedule schedule, FollowUp origin) =>
        Write(Path.Combine(directory, $"{scenario}-{seed}-{iteration}.schedule"), schedule, origin);

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
