using System.Text.RegularExpressions;
using Raft.Verified.Tests.Cli;
using Xunit;
using static VerifyXunit.Verifier;

namespace Raft.Verified.Tests.Golden;

/// <summary>The output of <c>--help</c>.</summary>
public sealed partial class HelpTests
{
    [Fact]
    public async Task The_command_explains_itself() => await Verify(HelpOf());

    [Fact]
    public void Without_a_verb_the_command_explains_itself_too()
    {
        CommandRun run = CommandRun.Of();
        Assert.Equal((0, "", HelpOf()), (run.Exit, run.Error, Scrubbed.Help(run.Out)));
    }

    [Fact]
    public async Task List_explains_itself() => await Verify(HelpOf("list"));

    [Fact]
    public async Task Test_explains_itself() => await Verify(HelpOf("test"));

    [Fact]
    public async Task Merge_explains_itself() => await Verify(HelpOf("merge"));

    [Fact]
    public async Task Replay_explains_itself() => await Verify(HelpOf("replay"));

    [Fact]
    public async Task Shrink_explains_itself() => await Verify(HelpOf("shrink"));

    [Fact]
    public async Task Show_explains_itself() => await Verify(HelpOf("show"));

    [Fact]
    public async Task Check_explains_itself() => await Verify(HelpOf("check"));

    [Fact]
    public async Task Lab_explains_itself() => await Verify(HelpOf("lab"));

    [Fact]
    public async Task Linearize_explains_itself() => await Verify(HelpOf("linearize"));

    [Fact]
    public async Task Mutants_explains_itself() => await Verify(HelpOf("mutants"));

    [Fact]
    public void Every_verb_has_a_test_of_its_help_here()
    {
        string help = HelpOf();
        string commands = help[help.IndexOf("Commands:", StringComparison.Ordinal)..];
        string[] verbs = [.. Verb().Matches(commands).Select(match => match.Groups[1].Value)];
        Assert.Contains("replay", verbs);
        Assert.All(verbs, verb => Assert.NotNull(GetType().GetMethod($"{char.ToUpperInvariant(verb[0])}{verb[1..]}_explains_itself")));
    }

    private static string HelpOf(params string[] verb)
    {
        CommandRun run = CommandRun.Of([.. verb, "--help"]);
        Assert.Equal((0, ""), (run.Exit, run.Error));
        return Scrubbed.Help(run.Out);
    }

    [GeneratedRegex("(?m)^  ([a-z]+) ")]
    private static partial Regex Verb();
}
