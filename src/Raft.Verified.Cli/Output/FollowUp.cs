using System.Reflection;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Scenarios;

namespace Raft.Verified.Cli.Output;

/// <summary>
/// A factory for the command lines that reports suggest, in the form that works in the current directory.
/// </summary>
/// <param name="MutantFolder">The folder of the mutant of this run; null for a mutant of this build, or none.</param>
internal sealed record FollowUp(string? MutantFolder = null)
{
    private const string Project = "Raft.Verified.Cli";

    /// <summary>
    /// The full path of the assembly or project of the user that offers the scenarios; null for those of the library.
    /// Command lines do not repeat it, because each schedule names it.
    /// </summary>
    public string? Assembly { get; init; }

    /// <summary>The mutant of the assembly of the user; null for a mutant of the library, or none.</summary>
    public string? Mutant { get; init; }

    /// <summary>Returns a schedule that names the places that this run was made from.</summary>
    /// <param name="schedule">The schedule of this run.</param>
    public Schedule Origin(Schedule schedule) => schedule with
    {
        Header = schedule.Header with { Assembly = Assembly, MutantFolder = MutantFolder is { } folder ? Path.GetFullPath(folder) : schedule.Header.MutantFolder },
    };

    /// <summary>Returns the command line that applies a verb to a schedule.</summary>
    /// <param name="verb">The verb, such as <c>replay</c>.</param>
    /// <param name="schedule">The path of the schedule file.</param>
    public string Of(string verb, string schedule) => string.Join(' ', [.. Program(), Quoted(verb), Quoted(schedule), .. Options().Select(Quoted)]);

    /// <summary>Returns all verbs for a schedule, each with its command line.</summary>
    /// <param name="schedule">The path of the schedule file.</param>
    /// <param name="hasViolation">False for a schedule that violates nothing, so that there is nothing to shrink.</param>
    public IEnumerable<(string Verb, string Line)> With(string schedule, bool hasViolation = true) =>
        new[] { "replay", "shrink", "show" }.Where(verb => hasViolation || verb != "shrink").Select(verb => (verb, Of(verb, schedule)));

    /// <summary>Quotes a word of a command line for the shell, if necessary.</summary>
    /// <param name="word">The word, which may be empty.</param>
    internal static string Quoted(string word) => ShellWord.Quoted(word);

    // The schedule of a mutant reproduces the violation only with that mutant.
    private IEnumerable<string> Options()
    {
        if ((Mutant ?? BuildFingerprint.MutantOf(typeof(ScenarioLibrary).Assembly)) is not { } mutant)
        {
            return [];
        }

        return MutantFolder is { } folder ? [MutantHost.Option, mutant, MutantHost.FolderOption, folder] : [MutantHost.Option, mutant];
    }

    // An installed tool is run by its name. A program in its build folder is run through its project.
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
