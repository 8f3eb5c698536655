namespace Raft.Verified.Cli.Assemblies;

/// <summary>The search for the project that an assembly, or a source file, belongs to.</summary>
internal static class ProjectSearch
{
    private const string Pattern = "*.csproj";

    /// <summary>
    /// Returns the project of an assembly: the first one, in the folders above it, whose assembly has its name.
    /// </summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="image">The path of the assembly.</param>
    /// <exception cref="InputException">There is no such project.</exception>
    public static string Of(CommandContext context, string image)
    {
        string name = Path.GetFileNameWithoutExtension(image);
        for (DirectoryInfo? folder = new FileInfo(Path.GetFullPath(image)).Directory; folder is not null; folder = folder.Parent)
        {
            string[] projects = [.. Directory.GetFiles(folder.FullName, Pattern).Order(StringComparer.Ordinal)];
            string? fit = projects.FirstOrDefault(project => Path.GetFileNameWithoutExtension(project) == name)
                ?? projects.FirstOrDefault(project => ProjectBuild.Read(context, project).Name == name);
            if (fit is not null)
            {
                return Path.GetRelativePath(Environment.CurrentDirectory, fit);
            }
        }

        throw new InputException($"{image}: no folder above it has the project that makes {Format.OneLine(name)}.dll, which a mutant needs; '{AssemblyOption.Name} FILE.csproj' names it");
    }

    /// <summary>
    /// Returns the full path of the project that a source file belongs to: the one in the nearest folder above it.
    /// </summary>
    /// <param name="file">The full path of the source file.</param>
    /// <param name="preferred">The full path of the project that is meant when a folder has several.</param>
    /// <returns>The project; null when there is none, or no single one.</returns>
    public static string? Owner(string file, string preferred)
    {
        for (DirectoryInfo? folder = new FileInfo(file).Directory; folder is not null; folder = folder.Parent)
        {
            string[] projects = folder.Exists ? Directory.GetFiles(folder.FullName, Pattern) : [];
            if (projects.Length > 0)
            {
                return projects.Contains(preferred) ? preferred : projects.Length == 1 ? projects[0] : null;
            }
        }

        return null;
    }
}
