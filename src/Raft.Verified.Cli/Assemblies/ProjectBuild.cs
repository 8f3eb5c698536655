using System.Text.Json;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>The build of a project of the user.</summary>
internal static class ProjectBuild
{
    /// <summary>The configuration that is built.</summary>
    public const string Configuration = "Release";

    /// <summary>Builds a project and says so on standard error.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="project">The path of the project file.</param>
    /// <exception cref="InputException">The project cannot be read, or does not build.</exception>
    public static BuiltProject Build(CommandContext context, string project)
    {
        context.Error.Writer.WriteLine($"raft: building {Format.OneLine(project)} ({Configuration})");
        context.Error.Writer.Flush();
        BuiltProject plan = Read(context, project);
        string[] chosen = plan.Framework is null ? [] : ["-f", plan.Framework];
        DotnetProcess build = DotnetProcess.Run(plan.Folder, context.Interrupted, ["build", plan.File, "-c", Configuration, "-nologo", "-v", "q", .. chosen]);
        return build.Status != 0 ? throw new InputException($"{project}: does not build: {build.FirstError(plan.Folder)}")
            : File.Exists(plan.Image) ? plan
            : throw new InputException($"{project}: was built, but there is no {plan.Image}; expected the assembly there");
    }

    /// <summary>Reads the places of a project, which may not have been built yet.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="project">The path of the project file.</param>
    /// <exception cref="InputException">The project cannot be read, or makes no assembly.</exception>
    public static BuiltProject Read(CommandContext context, string project)
    {
        string file = Path.GetFullPath(project);
        Dictionary<string, string> properties = PropertiesOf(context, project, file, null);
        string[] frameworks = properties["TargetFrameworks"].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string? framework = null;
        if (frameworks.Length > 0)
        {
            string own = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
            framework = frameworks.Contains(own) ? own : frameworks[0];
            properties = PropertiesOf(context, project, file, framework);
        }

        return properties["TargetPath"].Length > 0
            ? new BuiltProject(file, properties["AssemblyName"], Path.GetFullPath(properties["TargetPath"], Path.GetDirectoryName(file)!), framework)
            : throw new InputException($"{project}: makes no assembly; expected a project with a TargetPath");
    }

    private static Dictionary<string, string> PropertiesOf(CommandContext context, string project, string file, string? framework)
    {
        string folder = Path.GetDirectoryName(file)!;
        string[] names = ["TargetPath", "AssemblyName", "TargetFrameworks"];
        string[] chosen = framework is null ? [] : [$"-p:TargetFramework={framework}"];
        DotnetProcess read = DotnetProcess.Run(
            folder, context.Interrupted, ["msbuild", file, "-nologo", $"-p:Configuration={Configuration}", .. chosen, .. names.Select(name => $"-getProperty:{name}")]);
        if (read.Status != 0)
        {
            throw new InputException($"{project}: cannot be read: {read.FirstError(folder)}");
        }

        using JsonDocument document = JsonDocument.Parse(read.Output);
        JsonElement properties = document.RootElement.GetProperty("Properties");
        return names.ToDictionary(name => name, name => framework is not null && name == "TargetFrameworks" ? "" : properties.GetProperty(name).GetString() ?? "");
    }
}
