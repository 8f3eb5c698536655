using System.Text;
using System.Text.RegularExpressions;
using Raft.Verified.Cli;
using Raft.Verified.Cli.Output;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Scenarios;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The commands that other people copy: those of the workflow, of <c>.ci/run</c>, of CONTRIBUTING and of the READMEs are ones that this build takes.</summary>
public sealed partial class WorkflowTests
{
    private static readonly string[] Workflow = Repository.Lines(".github", "workflows", "ci.yml");

    public static TheoryData<string> Files { get; } =
    [
        ".github/workflows/ci.yml", ".ci/run", "src/Raft.Verified.Cli/deploy/raft-test-job.yaml", "README.md", ".github/CONTRIBUTING.md",
        "src/Raft.Verified.Cli/README.md", "src/Raft.Verified.Mutants/README.md", "src/Raft.Verified.Scenarios/Lab/README.md",
    ];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_raft_command_is_taken(string file)
    {
        string[][] commands = [.. CommandsOf(Repository.Lines(file.Split('/')))];
        Assert.NotEmpty(commands);
        HashSet<string> mutants = [.. MutantCatalogue.Load().Mutants.Select(mutant => mutant.Id)];
        CommandContext context = new()
        {
            Scenarios = ScenarioLibrary.All,
            Out = OutputStream.Plain(TextWriter.Null),
            Error = OutputStream.Plain(TextWriter.Null),
        };
        foreach (string[] words in commands)
        {
            (string? mutant, string? folder, string[] command) = MutantHost.Split(words);
            Assert.True(mutant is null || mutants.Contains(mutant), $"there is no mutant {mutant}");
            Assert.True(folder is null || Directory.Exists(Repository.File(folder)), $"there is no folder {folder}");
            Assert.Null(Record.Exception(() => Program.Parse(command, context)));
            int regressions = Array.IndexOf(command, "--regressions");
            Assert.True(regressions < 0 || Directory.Exists(Repository.File(command[regressions + 1])), string.Join(' ', command));
        }
    }

    [Fact]
    public void The_workflow_explores_with_the_regressions_merges_and_runs_the_gate()
    {
        string[] verbs = [.. CommandsOf(Workflow).Select(command => command[0])];
        Assert.Superset(new HashSet<string>(["test", "merge", "mutants", "lab", "show"]), new HashSet<string>(verbs));
        Assert.All(CommandsOf(Workflow).Where(command => command[0] == "test"), command => Assert.Contains("--regressions", command));
    }

    [Fact]
    public void Actions_are_pinned_to_a_major_version_and_every_job_ends_in_time()
    {
        string[] uses = [.. Workflow.Where(line => line.Contains("uses:", StringComparison.Ordinal))];
        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches("uses: [a-z-]+/[a-z-]+@v[0-9]+$", line));
        Assert.Equal(Workflow.SkipWhile(line => line != "jobs:").Count(line => Job().IsMatch(line)), Workflow.Count(line => line.StartsWith("    timeout-minutes: ", StringComparison.Ordinal)));
        Assert.Contains("  contents: read", Workflow);
    }

    // The words after "raft", where the command begins in one of the ways these files call it.
    private static IEnumerable<string[]> CommandsOf(string[] lines)
    {
        string text = string.Join('\n', lines).Replace("\\\n", " ", StringComparison.Ordinal);
        foreach (Match match in Invocation().Matches(text))
        {
            yield return Words(Expression().Replace(match.Groups[1].Value, "1"));
        }
    }

    // The words of a shell command, up to where it ends; variables keep their names.
    private static string[] Words(string line)
    {
        List<string> words = [];
        StringBuilder word = new();
        char quote = '\0';
        foreach (char c in line + " ")
        {
            if (quote == '\0' && c is '>' or '|' or ';' or '&' or '#' or '`')
            {
                break;
            }

            if (c == quote)
            {
                quote = '\0';
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
            }
            else if (quote == '\0' && c == ' ')
            {
                words.Add(word.ToString());
                word.Clear();
            }
            else
            {
                word.Append(c);
            }
        }

        return [.. words.Where(part => part.Length > 0 && part != "$OPTIONS").Select(part => part is "$SEED" ? "1" : Shard().Replace(part, "1/8"))];
    }

    [GeneratedRegex(@"(?m)(?:src/Raft\.Verified\.Cli -- |""\$RAFT"" |^raft (?=[a-z]))(.*)$")]
    private static partial Regex Invocation();

    [GeneratedRegex(@"\$\{\{[^}]*\}\}")]
    private static partial Regex Expression();

    [GeneratedRegex(@"^\$.*/\$SHARDS$")]
    private static partial Regex Shard();

    [GeneratedRegex("^  [a-z]+:$")]
    private static partial Regex Job();
}
