using System.Text;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>
/// The commands in the documents work. A block of commands is marked <c>sh</c>, and is run. A block that cannot be run
/// here says why: <c>sh not run: it takes an hour</c>.
/// </summary>
public sealed class DocumentCommandTests
{
    private const string Commands = "sh";

    private const string NotRun = "sh not run: ";

    // Nothing found, and found.
    private const string Good = "0 2";

    private const string FromSource = "dotnet run -c Release --project src/Raft.Verified.Cli --";

    private static readonly string[] OtherKinds = ["csharp", "edn", "json", "text", "tla", "xml", "yaml"];

    public static TheoryData<string> Documents => [.. Blocks().Where(block => block.Kind == Commands).Select(block => block.Document).Distinct()];

    [Fact]
    public void Every_block_says_what_it_is()
    {
        Assert.Equal([], Blocks()
            .Where(block => block.Kind != Commands && !OtherKinds.Contains(block.Kind) && !(block.Kind.StartsWith(NotRun, StringComparison.Ordinal) && block.Kind.Length > NotRun.Length + 5))
            .Select(block => $"{block.Document}, line {block.Line}: '{block.Kind}'"));
    }

    [Fact]
    public void A_block_of_text_holds_no_command()
    {
        Assert.Equal([], Blocks().Where(block => block.Kind == "text")
            .SelectMany(block => block.Lines.Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal) || line.StartsWith("raft ", StringComparison.Ordinal))
                .Select(line => $"{block.Document}: {line}")));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task The_commands_of_a_document_work(string document)
    {
        using TemporaryFolder folder = new();
        string raft = RaftProcess.WriteLauncher(folder);
        foreach (string part in new[] { "src", "specs", "tests" })
        {
            Directory.CreateSymbolicLink(folder.File(part), Repository.File(part));
        }

        StringBuilder script = new($"cd '{folder.FullName}'\n");
        foreach (string line in Blocks().Where(block => block.Document == document && block.Kind == Commands).SelectMany(block => block.Lines))
        {
            script.Append(System.Globalization.CultureInfo.InvariantCulture, $"{WithBuiltCommand(line, raft)}\ns=$?\ncase \" {Good} \" in *\" $s \"*) ;; *) echo \"ended with $s: {line.Replace("\"", "", StringComparison.Ordinal).Replace("`", "", StringComparison.Ordinal)}\"; exit 1;; esac\n");
        }

        CommandRun run = await RaftProcess.RunAsync(RaftProcess.WriteScript(folder, "document", script.ToString()), []);

        Assert.True(run.Exit == 0, $"{document}:\n{run.Out}\n{run.Error}");
    }

    private static string WithBuiltCommand(string line, string raft) =>
        line.StartsWith(FromSource, StringComparison.Ordinal) ? $"'{raft}'{line[FromSource.Length..]}"
        : line.StartsWith("raft ", StringComparison.Ordinal) ? $"'{raft}'{line["raft".Length..]}"
        : throw new InvalidOperationException($"'{line}' is not a command of this repository; mark the block '{NotRun}REASON'");

    private static IEnumerable<(string Document, int Line, string Kind, string[] Lines)> Blocks()
    {
        foreach (string document in DocumentTests.Documents)
        {
            string[] lines = File.ReadAllLines(document);
            for (int i = 0; i < lines.Length; i++)
            {
                if (lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal))
                {
                    int start = i;
                    string indent = lines[i][..lines[i].IndexOf('`', StringComparison.Ordinal)];
                    while (lines[++i] != indent + "```")
                    {
                    }

                    yield return (
                        Path.GetRelativePath(Repository.Top, document), start + 1, lines[start].Trim()[3..],
                        [.. lines[(start + 1)..i].Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')]);
                }
            }
        }
    }
}
