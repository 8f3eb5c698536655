using System.Xml.Linq;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;

namespace Raft.Verified.Cli.Assemblies;

/// <summary>
/// A compiler for mutants of a project of the user. It runs the project's own build with changed copies of source files
/// and an intermediate folder of its own, so that source generators and all settings apply and no file of the user
/// changes. Instances are thread-safe.
/// </summary>
/// <param name="project">The project, which must be built, together with the projects it refers to.</param>
internal sealed class ProjectCompiler(BuiltProject project)
{
    private const string Characters = "%*?@$();'";

    /// <summary>Compiles the assemblies that a mutant changes: that of the project, or of projects it refers to.</summary>
    /// <param name="mutant">The mutant, whose files are relative to the folder of the project.</param>
    /// <param name="stop">The token that ends the compilation early.</param>
    /// <exception cref="MutantException">
    /// A file is missing or belongs to no project, a text to replace does not occur exactly once, or the result does
    /// not compile.
    /// </exception>
    /// <exception cref="OperationCanceledException">The compilation was ended early.</exception>
    public IReadOnlyList<CompiledAssembly> Compile(Mutant mutant, CancellationToken stop) =>
    [
        .. Apply(mutant)
            .GroupBy(file => OwnerOf(mutant, file.Key), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Compile(mutant, group.Key, [.. group], stop)),
    ];

    /// <summary>Applies the edits of a mutant and returns the new text of each changed file, by full path.</summary>
    /// <param name="mutant">The mutant whose edits are applied.</param>
    /// <exception cref="MutantException">
    /// A file cannot be read, or a text to replace does not occur exactly once.
    /// </exception>
    public IReadOnlyDictionary<string, string> Apply(Mutant mutant) =>
        mutant.Apply(file => Read(mutant, file)).ToDictionary(file => Path.GetFullPath(file.Key, project.Folder), file => file.Value);

    private string Read(Mutant mutant, string file)
    {
        try
        {
            return File.ReadAllText(Path.GetFullPath(file, project.Folder)).ReplaceLineEndings("\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MutantException($"{mutant.Id}: {file} cannot be read: {exception.Message} Expected a source file, relative to {project.Folder}");
        }
    }

    private string OwnerOf(Mutant mutant, string file)
    {
        // A linked file may lie anywhere. The build says whether the project has it.
        string owner = file.StartsWith(project.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || ProjectSearch.Owner(file, project.File) is null
            ? project.File
            : ProjectSearch.Owner(file, project.File)!;
        return !AssemblyContext.IsShared(Path.GetFileNameWithoutExtension(owner))
            ? owner
            : throw new MutantException($"{mutant.Id}: {file} belongs to {Path.GetFileNameWithoutExtension(owner)}, which is that of this command; expected a source file of your own");
    }

    private CompiledAssembly Compile(Mutant mutant, string owner, IReadOnlyList<KeyValuePair<string, string>> files, CancellationToken stop)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("raft-mutant-");
        try
        {
            (string before, string after, string objects) = WriteTargets(folder.FullName, mutant, owner, files);
            string[] framework = project.Framework is { } chosen && owner == project.File ? [$"-p:TargetFramework={chosen}"] : [];
            string directory = Path.GetDirectoryName(owner)!;
            DotnetProcess build = DotnetProcess.Run(directory, stop,
            [
                "msbuild", owner, "-nologo", "-v:q", "-t:PrepareForBuild;Compile", $"-p:Configuration={ProjectBuild.Configuration}", "-p:BuildProjectReferences=false",
                $"-p:CustomBeforeMicrosoftCommonProps={before}", $"-p:CustomAfterMicrosoftCommonTargets={after}", .. framework,
            ]);
            string[] images = build.Status == 0 && Directory.Exists(objects) ? [.. Directory.GetFiles(objects, "*.dll", SearchOption.AllDirectories)] : [];
            return build.Status != 0 ? throw new MutantException($"{mutant.Id}: the mutant does not compile: {build.FirstError(directory)}")
                : images.Length == 1 ? new CompiledAssembly(Path.GetFileNameWithoutExtension(images[0]), [.. File.ReadAllBytes(images[0])])
                : throw new MutantException($"{mutant.Id}: {owner} compiled to {images.Length} assemblies in {objects}; expected one");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Before, string After, string Objects) WriteTargets(
        string folder, Mutant mutant, string owner, IReadOnlyList<KeyValuePair<string, string>> files)
    {
        string objects = Path.Combine(folder, "obj") + Path.DirectorySeparatorChar;
        string before = Path.Combine(folder, "before.props");
        string after = Path.Combine(folder, "after.targets");
        XAttribute condition = new("Condition", $"'$(MSBuildProjectFullPath)' == '{Escaped(owner)}'");
        new XElement("Project", new XElement("PropertyGroup", condition,
            new XElement("IntermediateOutputPath", Escaped(objects)),
            new XElement("ProduceReferenceAssembly", "false"))).Save(before);

        // The name of the mutant goes into the schedules, so that a replay knows which mutant they belong to.
        string name = Path.Combine(folder, "Mutant.cs");
        File.WriteAllText(name, $"[assembly: System.Reflection.AssemblyMetadata(\"{BuildFingerprint.MutantKey}\", \"{mutant.Id.Replace("\\", "\\\\").Replace("\"", "\\\"")}\")]\n");
        XElement target = new("Target", new XAttribute("Name", "RaftSeedMutant"), new XAttribute("BeforeTargets", "CoreCompile"), condition,
            new XElement("ItemGroup", new XElement("Compile", new XAttribute("Include", Escaped(name)))));
        for (int i = 0; i < files.Count; i++)
        {
            string changed = Path.Combine(folder, $"{i}-{Path.GetFileName(files[i].Key)}");

            // Errors and stack traces name the user's file.
            File.WriteAllText(changed, $"#line 1 \"{files[i].Key}\"\n{files[i].Value}");
            target.Add(
                new XElement("ItemGroup", new XElement($"_RaftOriginal{i}", new XAttribute("Include", "@(Compile)"), new XAttribute("Condition", $"'%(FullPath)' == '{Escaped(files[i].Key)}'"))),
                new XElement("Error", new XAttribute("Condition", $"'@(_RaftOriginal{i})' == ''"), new XAttribute("Text", $"{Escaped(files[i].Key)} is no source file of this project")),
                new XElement("ItemGroup",
                    new XElement("Compile", new XAttribute("Remove", $"@(_RaftOriginal{i})")),
                    new XElement("Compile", new XAttribute("Include", Escaped(changed)))));
        }

        // Warnings and analyzers are about the user's own text. Everything that would be written beside it is turned off.
        new XElement("Project",
            new XElement("PropertyGroup", condition,
                new XElement("TreatWarningsAsErrors", "false"),
                new XElement("CodeAnalysisTreatWarningsAsErrors", "false"),
                new XElement("WarningsAsErrors"),
                new XElement("RunAnalyzers", "false"),
                new XElement("DocumentationFile"),
                new XElement("ErrorLog"),
                new XElement("EmitCompilerGeneratedFiles", "false")),
            target).Save(after);
        return (before, after, objects);
    }

    private static string Escaped(string path) => string.Concat(path.Select(character => Characters.Contains(character) ? $"%{(int)character:X2}" : $"{character}"));
}
