using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>
/// The code in READMEs compiles against this build. Each block is a whole file, as a reader copies it. The code in the
/// README at the top is run with the packages.
/// </summary>
public sealed class ReadmeCodeTests
{
    [Theory]
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
        ImmutableArray<MetadataReference> references =
        [
            .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
        ];
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary);
        return CSharpCompilation.Create("README", [CSharpSyntaxTree.ParseText(block)], references, options).GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());
    }
}
