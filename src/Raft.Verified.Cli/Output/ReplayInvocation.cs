using System.Reflection;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Scenarios;

namespace Raft.Verified.Cli.Output;

/// <summary>The command line that replays a schedule, as this user can type it here and now.</summary>
internal static class ReplayInvocation
{
    private const string Project = "Raft.Verified.Cli";

    /// <summary>For the installed tool its name; for a program that runs where it was built, the project to run.</summary>
    public static string Of(string schedule)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Project + ".csproj")))
            {
                string project = Path.GetRelativePath(Environment.CurrentDirectory, folder.FullName);
                return $"dotnet run -c {Configuration()} --project {Quoted(project)} -- replay {Quoted(schedule)}{Mutant()}";
            }
        }

        return $"raft replay {Quoted(schedule)}{Mutant()}";
    }

    // A schedule of a seeded bug leads there with that bug only.
    private static string Mutant() => BuildFingerprint.MutantOf(typeof(ScenarioLibrary).Assembly) is { } mutant ? $" --mutant {mutant}" : "";

    private static string Configuration() =>
        typeof(ReplayInvocation).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "Release";

    private static string Quoted(string path) => path.AsSpan().ContainsAny(" '\"$*?&()[]{};<>|\\`!~#") ? $"\"{path}\"" : path;
}
