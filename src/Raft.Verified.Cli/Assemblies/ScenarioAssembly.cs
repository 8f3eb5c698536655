using System.Reflection;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>An assembly of the user, with the scenarios that it offers.</summary>
/// <param name="File">The path of the assembly or project, as the user gave it.</param>
/// <param name="Image">The full path of the assembly that was loaded.</param>
/// <param name="Scenarios">The scenarios, in the order of their declaration.</param>
internal sealed record ScenarioAssembly(string File, string Image, IReadOnlyList<Scenario> Scenarios)
{
    private static readonly string[] ProjectExtensions = [".csproj", ".fsproj", ".vbproj"];

    /// <summary>The full path of the assembly or project.</summary>
    public string FullPath => Path.GetFullPath(File);

    /// <summary>Loads an assembly, after building it if necessary, and finds its scenarios.</summary>
    /// <param name="context">The context of the command, which may ask for a mutant of the assembly.</param>
    /// <param name="file">The path of the assembly or project; a folder stands for its only project.</param>
    /// <exception cref="InputException">
    /// The assembly cannot be built or loaded, or offers no scenario.
    /// </exception>
    public static ScenarioAssembly Load(CommandContext context, string file)
    {
        file = Checked(file);
        if (context.AssemblyMutant is { } mutant)
        {
            return LoadMutant(context, file, mutant);
        }

        string image = IsProject(file) ? ProjectBuild.Build(context, file).Image : Path.GetFullPath(file);
        return Open(context, file, image, context.AssemblyImages);
    }

    /// <summary>Builds the project of an assembly, which mutants are made from.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="file">The path of the assembly or project.</param>
    /// <exception cref="InputException">The project is not found, or does not build.</exception>
    public static BuiltProject Build(CommandContext context, string file)
    {
        file = Checked(file);
        return ProjectBuild.Build(context, IsProject(file) ? file : ProjectSearch.Of(context, file));
    }

    /// <summary>Opens an assembly and finds its scenarios.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="file">The path of the assembly or project, as the user gave it.</param>
    /// <param name="image">The full path of the assembly.</param>
    /// <param name="changed">The assemblies that a mutant changes; they replace those of the same name.</param>
    /// <exception cref="InputException">The assembly cannot be loaded, or offers no scenario.</exception>
    public static ScenarioAssembly Open(CommandContext context, string file, string image, IReadOnlyList<CompiledAssembly> changed)
    {
        foreach (string note in LibraryMatch.Compare(file, image))
        {
            context.Error.Writer.WriteLine($"raft: note: {Format.OneLine(note)}");
        }

        return new ScenarioAssembly(file, image, ScenarioDiscovery.Of(file, LoadImage(file, image, changed, isCollectible: false)));
    }

    /// <summary>Loads an assembly into a context of its own.</summary>
    /// <param name="file">The path of the assembly or project, for messages.</param>
    /// <param name="image">The full path of the assembly.</param>
    /// <param name="changed">The assemblies that a mutant changes.</param>
    /// <param name="isCollectible">True when the context is only one of many.</param>
    /// <exception cref="InputException">The assembly cannot be loaded.</exception>
    public static Assembly LoadImage(string file, string image, IReadOnlyList<CompiledAssembly> changed, bool isCollectible)
    {
        try
        {
            return new AssemblyContext(image, changed, isCollectible).Main();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or BadImageFormatException or InvalidOperationException)
        {
            throw new InputException($"{file}: cannot be loaded: {exception.Message}");
        }
    }

    // The mutant is made from the sources, so everything else is built from them, too.
    private static ScenarioAssembly LoadMutant(CommandContext context, string file, Mutant mutant)
    {
        BuiltProject project = Build(context, file);
        try
        {
            context.Error.Writer.WriteLine($"raft: compiling {Format.OneLine(file)} with mutant {Format.OneLine(mutant.Id)}");
            context.Error.Writer.Flush();
            return Open(context, file, project.Image, new ProjectCompiler(project).Compile(mutant, context.Interrupted));
        }
        catch (MutantException exception)
        {
            throw new InputException(exception.Message);
        }
    }

    private static string Checked(string file)
    {
        if (!Directory.Exists(file))
        {
            return !IsProject(file) && !HasExtension(file, ".dll")
                    ? throw new InputException($"{AssemblyOption.Name} is '{Format.OneLine(file)}'; expected a .dll or a project file ({string.Join(", ", ProjectExtensions)})")
                : !System.IO.File.Exists(file) ? throw new InputException($"{AssemblyOption.Name} is '{Format.OneLine(file)}', which does not exist; expected a .dll or a project file")
                : file;
        }

        string[] projects = [.. Directory.GetFiles(file).Where(IsProject)];
        return projects.Length == 1
            ? projects[0]
            : throw new InputException($"{AssemblyOption.Name} is the folder '{Format.OneLine(file)}', which has {Format.Count(projects.Length, "project file")}; expected one, or the path of a .dll or project file");
    }

    private static bool IsProject(string file) => ProjectExtensions.Any(extension => HasExtension(file, extension));

    private static bool HasExtension(string file, string extension) => string.Equals(Path.GetExtension(file), extension, StringComparison.OrdinalIgnoreCase);
}
