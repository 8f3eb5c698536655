using System.Reflection;
using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Scenarios;

namespace Raft.Verified.Cli;

/// <summary>
/// The host for <c>--mutant ID</c>, which runs a command line in a <see cref="MutantWorld"/>. The command itself does
/// not know about it: the whole command is loaded a second time in that world.
/// </summary>
internal static class MutantHost
{
    /// <summary>The option of every command that names a mutant.</summary>
    public const string Option = "--mutant";

    /// <summary>The option that names a folder of mutants, instead of those of this build.</summary>
    public const string FolderOption = "--catalogue";

    /// <summary>
    /// The former name of <see cref="FolderOption"/>, which is still taken. For <c>raft replay</c> it names a step, so a
    /// whole number after it is never a folder.
    /// </summary>
    public const string FormerFolderOption = "--from";

    /// <summary>
    /// The environment variable that names a folder with the compiled assemblies of a mutant. The gate passes mutants
    /// to new processes this way.
    /// </summary>
    public const string ImagesVariable = "RAFT_MUTANT_IMAGES";

    /// <summary>Runs a command line if it asks for a mutant.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>The exit status; null when the command line does not ask for a mutant.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        try
        {
            if (Environment.GetEnvironmentVariable(ImagesVariable) is { Length: > 0 } images)
            {
                CompiledAssembly[] changed = Read(images);
                return Array.TrueForAll(changed, assembly => AssemblyContext.IsShared(assembly.Name))
                    ? await RunAsync(new MutantWorld(images, changed), args, null)
                    : await Program.MainAsync(args, null, null, changed);
            }

            (string? id, string? folder, string[] rest) = Split(args);
            if (id is null)
            {
                return null;
            }

            Mutant mutant = Find(id, folder);
            return IsOfAssembly(mutant)
                ? await Program.MainAsync(rest, folder, mutant, [])
                : await RunAsync(new MutantWorld(id, Compile(mutant)), rest, folder);
        }
        catch (Exception exception) when (exception is InputException or MutantException)
        {
            await Console.Error.WriteLineAsync($"raft: {Format.OneLine(exception.Message)}");
            return ExitStatus.BadInput;
        }
    }

    /// <summary>Runs a command line with the mutant that its schedule was recorded with.</summary>
    /// <param name="id">The name of the mutant.</param>
    /// <param name="folder">The folder of the mutant; null for a mutant of this build.</param>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string id, string? folder, string[] args)
    {
        IReadOnlyList<CompiledAssembly> compiled;
        try
        {
            compiled = Compile(Find(id, folder));
        }
        catch (Exception exception) when (exception is InputException or MutantException)
        {
            await Console.Error.WriteLineAsync($"raft: {Format.OneLine(CannotSeed(id, exception))}");
            return ExitStatus.BadInput;
        }

        await Console.Error.WriteLineAsync(HasIt(id));
        return await RunAsync(new MutantWorld(id, compiled), args, folder);
    }

    /// <summary>
    /// Returns the context with the mutant that a schedule was recorded with, when it is one of an assembly of the user,
    /// and the command line asks for no other.
    /// </summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="header">The header of the schedule.</param>
    /// <exception cref="InputException">The mutant is not in its folder any more.</exception>
    /// <exception cref="MutantNeededException">The mutant is one of the library, and the context can seed it.</exception>
    public static CommandContext WithMutantOf(CommandContext context, ScheduleHeader header)
    {
        bool isSeeded = context.AssemblyMutant is not null || context.AssemblyImages.Count > 0 || BuildFingerprint.MutantOf(typeof(ScenarioLibrary).Assembly) is not null;
        if (isSeeded || header.Mutant is not { } id)
        {
            return context;
        }

        Mutant mutant;
        try
        {
            mutant = Find(id, header.MutantFolder);
        }
        catch (Exception exception) when (exception is InputException or MutantException)
        {
            throw new InputException(CannotSeed(id, exception));
        }

        if (!IsOfAssembly(mutant))
        {
            return context.NeedsMutant is null ? context : throw new MutantNeededException(id, header.MutantFolder);
        }

        context.Error.Writer.WriteLine(HasIt(id));
        return context with { AssemblyMutant = mutant, FollowUp = context.FollowUp with { MutantFolder = header.MutantFolder } };
    }

    /// <summary>Removes the option <c>--mutant</c>, and the folder that belongs to it, from a command line.</summary>
    /// <param name="args">The arguments of the process.</param>
    /// <returns>The name and folder of the mutant, null when absent, and the other arguments.</returns>
    /// <exception cref="InputException">An option has no value, or is given twice.</exception>
    internal static (string? Id, string? Folder, string[] Others) Split(string[] args)
    {
        string[] rest = args;
        string? id = Take(Option, ref rest);
        string? folder = id is null ? null : Take(FolderOption, ref rest) ?? Take(FormerFolderOption, ref rest, IsFolder);
        return (id, folder, rest);
    }

    // A step of 'raft replay' is a whole number.
    private static bool IsFolder(string value) => value.Length == 0 || !value.All(char.IsAsciiDigit);

    private static string? Take(string option, ref string[] args, Func<string, bool>? isMeant = null)
    {
        int at = Find(option, args, isMeant);
        if (at < 0)
        {
            return null;
        }

        bool joined = args[at].Length > option.Length;
        if (!joined && at + 1 == args.Length)
        {
            throw new InputException($"{option} has no value; expected {(option == Option ? "the name of a mutant ('raft mutants --list' lists them)" : "a folder")}");
        }

        string value = joined ? args[at][(option.Length + 1)..] : args[at + 1];
        args = [.. args[..at], .. args[(at + (joined ? 1 : 2))..]];
        return Find(option, args, isMeant) < 0 ? value : throw new InputException($"{option} is given twice; expected once");
    }

    // Returns the position of an option whose value is meant, or that has none; -1 when there is none.
    private static int Find(string option, string[] args, Func<string, bool>? isMeant)
    {
        for (int i = 0; i < args.Length; i++)
        {
            bool joined = args[i].StartsWith(option + "=", StringComparison.Ordinal);
            string? value = joined ? args[i][(option.Length + 1)..] : i + 1 < args.Length ? args[i + 1] : null;
            if ((joined || args[i] == option) && (isMeant is null || value is null || isMeant(value)))
            {
                return i;
            }
        }

        return -1;
    }

    private static IReadOnlyList<CompiledAssembly> Compile(Mutant mutant)
    {
        // This takes several seconds, and nothing else is written until then.
        Console.Error.WriteLine($"raft: compiling the library with mutant {Format.OneLine(mutant.Id)}");
        return new MutantCompiler().Compile(mutant);
    }

    private static bool IsOfAssembly(Mutant mutant) => !mutant.Edits.Any(MutantCompiler.IsOfLibrary);

    private static string HasIt(string id) => $"raft: note: the schedule was recorded with mutant {Format.OneLine(id)}; this run has it, too";

    private static string CannotSeed(string id, Exception exception) =>
        $"the schedule was recorded with mutant {id}, which cannot be seeded: {exception.Message}; "
        + $"add '{Option} {id} {FolderOption} DIR' with the folder of this mutant, or '{Option} ID' for another mutant";

    private static Mutant Find(string id, string? folder)
    {
        MutantCatalogue catalogue = folder is null ? MutantCatalogue.Load() : MutantCatalogue.Load(folder);
        return catalogue.Mutants.FirstOrDefault(mutant => mutant.Id == id)
            ?? throw new InputException($"unknown mutant '{id}'{Nearest.Suggest(id, catalogue.Mutants.Select(mutant => mutant.Id))} ('raft mutants --list' lists them)");
    }

    private static CompiledAssembly[] Read(string images)
    {
        try
        {
            return [.. Directory.GetFiles(images, "*.dll").Select(file => new CompiledAssembly(Path.GetFileNameWithoutExtension(file), [.. File.ReadAllBytes(file)]))];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{ImagesVariable}: {images} cannot be read: {exception.Message}");
        }
    }

    private static Task<int> RunAsync(MutantWorld world, string[] args, string? folder)
    {
        MethodInfo main = world.Find(typeof(MutantHost).Assembly.GetName().Name!).GetType(typeof(Program).FullName!)!
            .GetMethod(nameof(Program.MainAsync), BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public, [typeof(string[]), typeof(string)])!;
        return main.CreateDelegate<Func<string[], string?, Task<int>>>()(args, folder);
    }
}
