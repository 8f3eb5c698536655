using System.CommandLine;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Mutants.Catalogue;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>The option <c>--assembly FILE</c>, which replaces the library's scenarios by those of an assembly.</summary>
internal static class AssemblyOption
{
    /// <summary>The name of the option.</summary>
    public const string Name = "--assembly";

    private static readonly string[] Verbs = ["list", "test", "replay", "shrink", "show"];

    /// <summary>Creates the option for a command that works on scenarios.</summary>
    public static Option<string?> Create() => Create(
        "Assembly (.dll) or project (.csproj) whose scenarios are used instead of those of the library. A project is built first (Release).");

    /// <summary>Creates the option for a command that works on a schedule.</summary>
    public static Option<string?> CreateForSchedule() => Create(
        "Assembly (.dll) or project (.csproj) with the scenario of the schedule. A project is built first (Release). [default: the assembly that the schedule names]");

    /// <summary>Creates an option.</summary>
    /// <param name="description">The description in the help.</param>
    public static Option<string?> Create(string description) => CommandOptions.FilePath(Name, "FILE", description);

    /// <summary>Makes a command refuse the option, with the reason.</summary>
    /// <param name="command">The command, which does not use scenarios of an assembly.</param>
    /// <param name="reason">The reason, as a clause.</param>
    public static void Refuse(Command command, string reason)
    {
        Option<string?> option = new(Name) { Hidden = true };
        option.Validators.Add(result => result.AddError($"'raft {command.Name}' has no {Name}: {reason}"));
        command.Add(option);
    }

    /// <summary>Returns the context with the scenarios that the command line asks for.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="file">The value of the option; null for the scenarios of the library.</param>
    /// <exception cref="InputException">
    /// The assembly cannot be built or loaded, offers no scenario, or is missing for a mutant.
    /// </exception>
    public static CommandContext Apply(CommandContext context, string? file) =>
        file is not null ? Use(context, ScenarioAssembly.Load(context, file))
        : context.AssemblyMutant is { } mutant ? throw new InputException($"{Foreign(mutant)}; expected {Name} with the assembly or project that it belongs to")
        : context;

    /// <summary>Checks that a mutant of an assembly is given to a command that can seed it.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="context">The context of the command.</param>
    /// <exception cref="InputException">The command has no scenarios of an assembly.</exception>
    public static void CheckMutant(ParseResult parsed, CommandContext context)
    {
        string verb = parsed.CommandResult.Command.Name;
        if (context.AssemblyMutant is { } mutant && parsed.CommandResult.Command is not RootCommand && !Verbs.Contains(verb))
        {
            throw new InputException($"{Foreign(mutant)}, and 'raft {verb}' runs no other code; expected one of {string.Join(", ", Verbs)}");
        }
    }

    private static string Foreign(Mutant mutant) =>
        $"mutant {Format.OneLine(mutant.Id)} changes '{Format.OneLine(mutant.Edits[0].File)}', which is no source file of the library";

    private static CommandContext Use(CommandContext context, ScenarioAssembly assembly) => context with
    {
        Scenarios = assembly.Scenarios,
        FoundByName = [],
        Assembly = assembly,
        FollowUp = context.FollowUp with { Assembly = assembly.FullPath, Mutant = context.AssemblyMutant?.Id },
    };
}
