using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>The search for the assembly that a schedule names.</summary>
internal static class AssemblyLookup
{
    /// <summary>
    /// Returns the path of the assembly or project. It is looked for relative to the schedule's folder. After a move of
    /// the schedule, it is looked for in the schedule's folder, the current one, and all folders above these two.
    /// </summary>
    /// <param name="schedule">The path of the schedule file.</param>
    /// <param name="header">The header of the schedule, which names an assembly.</param>
    /// <exception cref="InputException">There is no such file.</exception>
    public static string Find(string schedule, ScheduleHeader header)
    {
        string named = header.Assembly!;
        string folder = Path.GetDirectoryName(Path.GetFullPath(schedule))!;
        string current = Environment.CurrentDirectory;
        string inner = Path.IsPathRooted(named) ? Path.GetFileName(named) : string.Join('/', named.Split('/', '\\').SkipWhile(part => part is ".." or "."));
        string[] places = [Path.GetFullPath(named, folder), .. Above(folder).Concat(Above(current)).Select(place => Path.Combine(place, inner))];
        return places.FirstOrDefault(File.Exists) is { } found
            ? Shorter(found, current)
            : throw new InputException(
                $"{schedule}, line 1: the scenario '{Format.OneLine(header.Scenario)}' belongs to the assembly '{Format.OneLine(named)}', which is neither there nor, as '{Format.OneLine(inner)}', "
                + $"in the folder of the schedule, the current one, or a folder above them; '{AssemblyOption.Name} FILE' names it");
    }

    private static string Shorter(string path, string current)
    {
        string relative = Path.GetRelativePath(current, path);
        return relative.Length < path.Length ? relative : path;
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (DirectoryInfo? place = new(folder); place is not null; place = place.Parent)
        {
            yield return place.FullName;
        }
    }
}
