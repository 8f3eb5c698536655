using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.KeyValue;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Mutants.Compilation;

/// <summary>
/// A compiler for mutants, which works in memory on the sources of this build. Instances are thread-safe and parse each
/// unchanged source file only once.
/// </summary>
public sealed class MutantCompiler
{
    // The projects that a mutant may change, with their references: the shipping code, and the simulated disk, which
    // represents a real disk.
    private static readonly (string Folder, Assembly Assembly, Assembly[] References)[] Projects =
    [
        ("src/Raft.Verified/", typeof(RaftCore).Assembly, []),
        ("src/Raft.Verified.KeyValue/", typeof(KeyValueServer).Assembly, [typeof(RaftCore).Assembly]),
        ("src/Raft.Verified.Simulation/", typeof(SimulatedDisk).Assembly,
            [typeof(RaftCore).Assembly, typeof(ControlledRuntime).Assembly, typeof(Monitors).Assembly]),
    ];

    // The same settings as in Directory.Build.props.
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly CSharpCompilationOptions CompilationOptions = new(
        OutputKind.DynamicallyLinkedLibrary,
        optimizationLevel: OptimizationLevel.Release,
        nullableContextOptions: NullableContextOptions.Enable,
        deterministic: true,
        generalDiagnosticOption: ReportDiagnostic.Suppress);

    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; "
        + "global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private readonly Lazy<ImmutableArray<MetadataReference>> _framework = new(FrameworkReferences);
    private readonly Lazy<ImmutableArray<(string Name, SyntaxTree Tree)>>[] _sources =
        [.. Projects.Select(project => new Lazy<ImmutableArray<(string Name, SyntaxTree Tree)>>(() => Parse(project.Folder)))];

    /// <summary>The folders whose files mutants may change.</summary>
    public static IReadOnlyList<string> Folders { get; } = [.. Projects.Select(project => project.Folder.TrimEnd('/'))];

    /// <summary>Compiles the assemblies that a mutant changes.</summary>
    /// <param name="mutant">The mutant to compile.</param>
    /// <exception cref="MutantException">
    /// A text to replace does not occur exactly once, or the result does not compile.
    /// </exception>
    public IReadOnlyList<CompiledAssembly> Compile(Mutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        List<CompiledAssembly> compiled = [];
        for (int i = 0; i < Projects.Length; i++)
        {
            if (mutant.Edits.Any(edit => edit.File.StartsWith(Projects[i].Folder, StringComparison.Ordinal)))
            {
                compiled.Add(Compile(mutant, i));
            }
        }

        return compiled;
    }

    /// <summary>Applies the edits of a mutant and returns the new text of each changed file, by path.</summary>
    /// <param name="mutant">The mutant whose edits are applied.</param>
    /// <exception cref="MutantException">A text to replace does not occur exactly once.</exception>
    public static IReadOnlyDictionary<string, string> Apply(Mutant mutant)
    {
        ArgumentNullException.ThrowIfNull(mutant);
        return mutant.Edits.FirstOrDefault(edit => !IsOfLibrary(edit)) is { } foreign
            ? throw new MutantException($"{mutant.Id}: '{foreign.File}' is not a file in {string.Join(" or ", Folders)}")
            : mutant.Apply(Resources.Read);
    }

    /// <summary>Returns true when an edit changes a source file of the library.</summary>
    /// <param name="edit">The edit of a mutant.</param>
    public static bool IsOfLibrary(MutantEdit edit)
    {
        ArgumentNullException.ThrowIfNull(edit);
        return Projects.Any(project => edit.File.StartsWith(project.Folder, StringComparison.Ordinal));
    }

    private CompiledAssembly Compile(Mutant mutant, int project)
    {
        IReadOnlyDictionary<string, string> changed = Apply(mutant);
        Assembly original = Projects[project].Assembly;
        string name = original.GetName().Name!;
        IEnumerable<SyntaxTree> trees = _sources[project].Value.Select(source => changed.TryGetValue(source.Name, out string? text)
            ? CSharpSyntaxTree.ParseText(text, ParseOptions, source.Name)
            : source.Tree);
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions), CSharpSyntaxTree.ParseText(Attributes(original, mutant), ParseOptions)],
            [.. _framework.Value, .. Projects[project].References.Select(other => MetadataReference.CreateFromFile(other.Location))],
            CompilationOptions);
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        return result.Success
            ? new CompiledAssembly(name, [.. image.ToArray()])
            : throw new MutantException($"{mutant.Id}: the mutant does not compile: {result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)}");
    }

    // The assembly keeps its version and its friends, because other assemblies refer to them. The mutant's name goes
    // into the schedules, so that a replay knows which mutant they belong to.
    private static string Attributes(Assembly original, Mutant mutant)
    {
        IEnumerable<string> friends = original.GetCustomAttributes<InternalsVisibleToAttribute>()
            .Select(friend => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{friend.AssemblyName}\")]");
        return $"""
            {string.Join('\n', friends)}
            [assembly: System.Reflection.AssemblyVersion("{original.GetName().Version}")]
            [assembly: System.Reflection.AssemblyMetadata("{Exploration.Schedules.BuildFingerprint.MutantKey}", {SymbolDisplay.FormatLiteral(mutant.Id, quote: true)})]
            """;
    }

    private static ImmutableArray<(string Name, SyntaxTree Tree)> Parse(string folder) =>
    [
        .. typeof(MutantCompiler).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => (name, CSharpSyntaxTree.ParseText(Resources.Read(name), ParseOptions, name))),
    ];

    private static ImmutableArray<MetadataReference> FrameworkReferences() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)),
    ];
}
