using System.Reflection;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Scenarios;

namespace Raft.Verified.Cli.Output;

/// <summary>Makes the command lines that reports suggest, as this user can type them here and now.</summary>
/// <param name="MutantFolder">The folder that the run's seeded bug comes from; null for the bugs of this build, or none.</param>
internal sealed record FollowUp(string? MutantFolder = null)
{
    private const string Project = "Raft.Verified.Cli";

    /// <summary>The command line of a verb with a schedule.</summary>
    /// <param name="verb">The verb.</param>
    /// <param name="schedule">The schedule's file.</param>
    public string Of(string verb, string schedule) => string.Join(' ', [.. Program(), Quoted(verb), Quoted(schedule), .. Options().Select(Quoted)]);

    /// <summary>What can be done with a schedule: each verb and its command line.</summary>
    public IEnumerable<(string Verb, string Line)> With(string schedule) => new[] { "replay", "shrink", "show" }.Select(verb => (verb, Of(verb, schedule)));

    /// <summary>A word of a command line as a shell takes it.</summary>
    internal static string Quoted(string word) =>
        word.Length > 0 && word.All(character => char.IsLetterOrDigit(character) || "_-./:=@%+,".Contains(character)) ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\""
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    // A schedule of a seeded bug leads there with that bug only.
    private IEnumerable<string> Options()
    {
        if (BuildFingerprint.MutantOf(typeof(ScenarioLibrary).Assembly) is not { } mutant)
        {
            return [];
        }

        return MutantFolder is { } folder ? [MutantHost.Option, mutant, MutantHost.FolderOption, folder] : [MutantHost.Option, mutant];
    }

    // For the installed tool its name; for a program that runs where it was built, the project to run.
    private static IEnumerable<string> Program()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Project + ".csproj")))
            {
                return ["dotnet", "run", "-c", Configuration(), "--project", Quoted(Path.GetRelativePath(Environment.CurrentDirectory, folder.FullName)), "--"];
            }
        }

        return ["raft"];
    }

    private static string Configuration() =>
        typeof(FollowUp).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";
}
