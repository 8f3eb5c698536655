using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Raft.Verified.Tests.Assemblies;

/// <summary>Small assemblies that are compiled in memory from a few lines.</summary>
internal static class MadeUpAssembly
{
    private const string Usings = """
        global using System; global using System.Collections.Generic; global using Raft.Verified.Simulation;
        [assembly: System.Reflection.AssemblyVersion("9.9.0.0")]
        public static class Made
        {
            public static Scenario Scenario(string name) => new()
            {
                Name = name, LooksFor = "nothing", Faults = "none", Cluster = new ClusterSettings { Servers = 1, StateMachine = _ => throw new NotSupportedException() },
                Body = _ => System.Threading.Tasks.Task.CompletedTask,
            };
        }
        """;

    /// <summary>Compiles code that makes scenarios with <c>Made.Scenario(name)</c>.</summary>
    /// <param name="path">The path of the assembly to write.</param>
    /// <param name="code">The types.</param>
    /// <returns>The path.</returns>
    public static string Write(string path, string code) => Emit(path, [Usings, code], References());

    /// <summary>Writes an empty assembly of version 9.9, and returns a reference to it.</summary>
    /// <param name="path">The path of the assembly to write.</param>
    public static MetadataReference WriteEmpty(string path) =>
        MetadataReference.CreateFromFile(Emit(path, ["[assembly: System.Reflection.AssemblyVersion(\"9.9.0.0\")] namespace Newer { public static class Type { } }"], References()));

    /// <summary>Compiles code against further references.</summary>
    /// <param name="path">The path of the assembly to write.</param>
    /// <param name="code">The types.</param>
    /// <param name="reference">The further reference.</param>
    public static string Write(string path, string code, MetadataReference reference) =>
        Emit(path, [code], [reference, .. References().Where(other => Path.GetFileName(other.Display) != Path.GetFileName(reference.Display))]);

    private static string Emit(string path, IEnumerable<string> code, IEnumerable<MetadataReference> references)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path), code.Select(text => CSharpSyntaxTree.ParseText(text)),
            references.Where(reference => Path.GetFileName(reference.Display) != Path.GetFileName(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        EmitResult result = compilation.Emit(path);
        Xunit.Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    private static ImmutableArray<MetadataReference> References() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(file => !Path.GetFileName(file).StartsWith("Raft.Verified", StringComparison.Ordinal))
            .Concat(Directory.GetFiles(AppContext.BaseDirectory, "Raft.Verified*.dll").Where(file => !file.EndsWith(".Tests.dll", StringComparison.Ordinal)))
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file)),
    ];
}
