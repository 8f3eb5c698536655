using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Testing.Replays;

/// <summary>The folder with the schedules of past failures.</summary>
internal static class RegressionFolder
{
    private const string Name = "regressions";

    private const string Pattern = "*.schedule";

    /// <summary>Returns the full path of the folder for a test; null when there is none.</summary>
    /// <param name="chosen">The folder that the test names; empty for none, null to search for it.</param>
    /// <param name="callerFile">The source file of the test. It may not exist on this machine.</param>
    /// <param name="binaries">The folder of the test's assembly.</param>
    /// <exception cref="DirectoryNotFoundException">The folder that the test names does not exist.</exception>
    public static string? Find(string? chosen, string callerFile, string binaries)
    {
        if (chosen is not null)
        {
            return chosen.Length == 0 ? null
                : Directory.Exists(chosen) ? Path.GetFullPath(chosen)
                : throw new DirectoryNotFoundException($"The folder of regressions '{chosen}' does not exist; expected a folder with schedule files ({Pattern}).");
        }

        string? sources = Path.IsPathFullyQualified(callerFile) ? Path.GetDirectoryName(callerFile) : null;
        return (sources is not null && Directory.Exists(sources) ? Search(sources) : null) ?? Search(binaries);
    }

    /// <summary>
    /// Reads all schedules of a folder, in the order of their file names, so that an unusable one is always noticed.
    /// </summary>
    /// <param name="folder">The path of the folder.</param>
    /// <exception cref="ScheduleFormatException">A file cannot be read or is malformed.</exception>
    public static IReadOnlyList<StoredSchedule> Read(string folder) =>
        [.. Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal).Select(StoredSchedule.Read)];

    // The folders from the start up to that of its project. Without a project, only the start itself, so that an
    // unrelated folder is never taken for the regressions.
    private static string? Search(string start)
    {
        List<string> folders = [];
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
        {
            folders.Add(folder.FullName);
            if (folder.EnumerateFiles("*.*proj").Any())
            {
                return folders.Select(Within).FirstOrDefault(Directory.Exists);
            }
        }

        return Directory.Exists(Within(start)) ? Within(start) : null;
    }

    private static string Within(string folder) => Path.Combine(folder, Name);
}
