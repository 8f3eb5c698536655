using System.Reflection;
using Raft.Verified.Cli.Commands;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Cli;

/// <summary>
/// <c>--mutant ID</c>: carries out a command in a world in which the library has a seeded bug. The command itself knows nothing of it: it is loaded
/// there once more, with everything that it stands on.
/// </summary>
internal static class MutantHost
{
    /// <summary>The option, for every command.</summary>
    public const string Option = "--mutant";

    /// <summary>The option of a folder with mutants that do not come with this build.</summary>
    public const string FolderOption = "--from";

    /// <summary>The environment variable that names a folder with the assemblies of a mutant, compiled: how the gate hands one to a process of its own.</summary>
    public const string ImagesVariable = "RAFT_MUTANT_IMAGES";

    /// <summary>Carries a command line out, if it asks for a mutant.</summary>
    /// <returns>The exit status; null when it does not ask for one.</returns>
    public static async Task<int?> TryRunAsync(string[] args)
    {
        try
        {
            if (Environment.GetEnvironmentVariable(ImagesVariable) is { Length: > 0 } images)
            {
                return await RunAsync(new MutantWorld(images, Read(images)), args, null);
            }

            (string? id, string? folder, string[] rest) = Split(args);
            return id is null ? null : await RunAsync(new MutantWorld(id, new MutantCompiler().Compile(Find(id, folder))), rest, folder);
        }
        catch (Exception exception) when (exception is InputException or MutantException)
        {
            await Console.Error.WriteLineAsync($"raft: {Output.Format.OneLine(exception.Message)}");
            return ExitStatus.BadInput;
        }
    }

    /// <summary>Carries out a command line in a world with a mutant that the schedule in it was recorded with.</summary>
    /// <param name="id">The mutant's name.</param>
    /// <param name="folder">The folder that it comes from; null for those of this build.</param>
    /// <param name="args">The command line.</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> RunAsync(string id, string? folder, string[] args)
    {
        IReadOnlyList<CompiledAssembly> compiled;
        try
        {
            compiled = new MutantCompiler().Compile(Find(id, folder));
        }
        catch (Exception exception) when (exception is InputException or MutantException)
        {
            string what = $"the schedule was recorded with the seeded bug {id}, which cannot be seeded: {exception.Message}";
            await Console.Error.WriteLineAsync(
                $"raft: {Output.Format.OneLine(what)}; add '{Option} {Output.Format.OneLine(id)} {FolderOption} DIR' with the folder that has it, or '{Option} ID' for another one");
            return ExitStatus.BadInput;
        }

        await Console.Error.WriteLineAsync($"raft: note: recorded with the seeded bug {Output.Format.OneLine(id)}, and run with it");
        return await RunAsync(new MutantWorld(id, compiled), args, folder);
    }

    /// <summary>Takes the option, and the folder that goes with it, out of a command line.</summary>
    /// <exception cref="InputException">It has no value, or stands there twice.</exception>
    internal static (string? Id, string? Folder, string[] Others) Split(string[] args)
    {
        string[] rest = args;
        string? id = Take(Option, ref rest);
        string? folder = id is null ? null : Take(FolderOption, ref rest);
        return (id, folder, rest);
    }

    private static string? Take(string option, ref string[] args)
    {
        int at = Array.FindIndex(args, argument => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal));
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
        return !Array.Exists(args, argument => argument == option || argument.StartsWith(option + "=", StringComparison.Ordinal))
            ? value
            : throw new InputException($"{option} stands there twice; expected it once");
    }

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
            .GetMethod(nameof(Program.MainAsync), BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        return main.CreateDelegate<Func<string[], string?, Task<int>>>()(args, folder);
    }
}
