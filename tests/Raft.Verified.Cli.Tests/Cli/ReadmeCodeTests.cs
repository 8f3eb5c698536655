using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The code in READMEs compiles against this build.</summary>
public sealed class ReadmeCodeTests
{
    // The types that a reader of the README brings along.
    private const string Reader = """
        internal sealed class MyTransport : IRaftTransport
        {
            public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default) => default;
        }

        internal sealed class MyStateMachine : IRaftStateMachine
        {
            public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) => new(command);

            public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => default;

            public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default) => default;
        }

        internal sealed class MyModel : IStateMachineModel
        {
            public ReadOnlyMemory<byte> Apply(LogEntry entry) => entry.Command;

            public ReadOnlyMemory<byte> TakeSnapshot() => default;

            public (int Client, long Sequence)? Identify(LogEntry entry) => null;
        }

        internal static class MyCommand
        {
            public static ReadOnlyMemory<byte> Encode(int client, long sequence) => default;
        }
        """;

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/Raft.Verified.Testing/README.md")]
    public void The_code_of_a_README_compiles(string readme)
    {
        string[] blocks = [.. CodeBlocks(Repository.Lines(readme))];
        Assert.NotEmpty(blocks);

        Assert.Equal([], blocks.SelectMany(Errors));
    }

    private static IEnumerable<string> CodeBlocks(string[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] == "```csharp")
            {
                string[] block = [.. lines.Skip(i + 1).TakeWhile(line => line != "```")];
                yield return string.Join('\n', block);
                i += block.Length;
            }
        }
    }

    private static IEnumerable<string> Errors(string block)
    {
        string[] own =
        [
            .. Directory.GetFiles(AppContext.BaseDirectory, "Raft.Verified*.dll")
                .Where(file => !Path.GetFileNameWithoutExtension(file).EndsWith(".Tests", StringComparison.Ordinal)),
        ];
        ImmutableArray<MetadataReference> references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
                .Where(file => !Path.GetFileName(file).StartsWith("Raft.Verified", StringComparison.Ordinal)).Concat(own).Select(file => MetadataReference.CreateFromFile(file)),
        ];
        CSharpCompilation library = CSharpCompilation.Create("usings", references: references);
        IEnumerable<string> namespaces = own.Select(Path.GetFileNameWithoutExtension)
            .SelectMany(name => NamespacesOf(AssemblyNamed(name!).GlobalNamespace))
            .Concat(["System", "System.Threading", "System.Threading.Tasks"]).Distinct(StringComparer.Ordinal);
        IAssemblySymbol AssemblyNamed(string name) => library.References
            .Select(library.GetAssemblyOrModuleSymbol).OfType<IAssemblySymbol>().Single(assembly => assembly.Name == name);

        // A block with its own usings is a whole file.
        string program = block.StartsWith("using ", StringComparison.Ordinal) ? block : $$"""
            {{string.Concat(namespaces.Select(name => $"using {name};\n"))}}
            internal static class Program
            {
                private static async Task RunAsync(ReadOnlyMemory<byte> command)
                {
                    await Task.CompletedTask;
                    {{block}}
                }
            }

            {{Reader}}
            """;
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary);
        return CSharpCompilation.Create("README", [CSharpSyntaxTree.ParseText(program)], references, options).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
    }

    // The namespaces with public types.
    private static IEnumerable<string> NamespacesOf(INamespaceSymbol space)
    {
        if (!space.IsGlobalNamespace && space.GetTypeMembers().Any(type => type.DeclaredAccessibility == Accessibility.Public))
        {
            yield return space.ToDisplayString();
        }

        foreach (string name in space.GetNamespaceMembers().SelectMany(NamespacesOf))
        {
            yield return name;
        }
    }
}
