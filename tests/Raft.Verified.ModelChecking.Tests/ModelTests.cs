using System.Globalization;
using System.Security.Cryptography;
using Raft.Verified.ModelChecking;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>
/// The shipping core and its specification in TLA+: within the same bounds both have the same number of states and of steps, and the same depth. What TLC
/// counted is on file.
/// </summary>
public sealed class ModelTests
{
    private static readonly string Folder = Repository.File("specs", "tla");

    // The larger ones are for the nightly run.
    public static TheoryData<string> Verified => [.. Lines().Skip(1).Where(line => long.Parse(line[1], CultureInfo.InvariantCulture) < 100_000).Select(line => line[0])];

    [Theory]
    [MemberData(nameof(Verified))]
    public void The_core_has_the_states_and_steps_that_the_specification_has(string model)
    {
        string[] counted = Lines().Single(line => line[0] == model);

        ModelReport report = new ModelChecker(ModelLibrary.Find(model)!).Run();

        Assert.True(report.IsComplete);
        Assert.Null(report.Violation);
        Assert.Equal(string.Join(" | ", counted.Take(4)), string.Create(CultureInfo.InvariantCulture, $"{model} | {report.States} | {report.Steps} | {report.Depth}"));
    }

    [Fact]
    public void The_counts_are_those_of_this_specification()
    {
        string[] first = Lines()[0];
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(Folder, "Raft.tla"))));

        Assert.True(first[0] == "Raft.tla" && first[1] == hash, $"specs/tla/verified.txt is of {first[1]}; Raft.tla is {hash}: run specs/check.sh small and note what it counts");
    }

    [Fact]
    public void Every_model_has_the_bounds_of_its_file()
    {
        foreach (ModelBounds model in ModelLibrary.All)
        {
            Dictionary<string, string> constants = File.ReadAllLines(Path.Combine(Folder, $"{model.Name}.cfg"))
                .Select(line => line.Split('=', StringSplitOptions.TrimEntries)).Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1]);
            int candidates = model.Candidates == 0 ? model.Servers : model.Candidates;
            Dictionary<string, string> expected = new()
            {
                ["Server"] = SetOf(1, model.Servers),
                ["Candidates"] = SetOf(1, candidates),
                ["EvenTerms"] = SetOf(candidates - model.EvenTerms + 1, model.EvenTerms),
                ["None"] = "None",
                ["MaxTerm"] = $"{model.MaxTerm}",
                ["MaxProposals"] = $"{model.MaxProposals}",
                ["MaxCrashes"] = $"{model.MaxCrashes}",
                ["MaxCompactions"] = $"{model.MaxCompactions}",
                ["MaxRounds"] = $"{model.MaxRounds}",
                ["MaxEntries"] = $"{model.MaxEntries}",
                ["MaxInFlight"] = $"{model.MaxInFlight}",
                ["Chunks"] = $"{model.Chunks}",
                ["EmptyEntry"] = model.EmptyEntry ? "TRUE" : "FALSE",
                ["Heartbeats"] = model.Heartbeats ? "TRUE" : "FALSE",
                ["AsyncDisk"] = model.AsyncDisk ? "TRUE" : "FALSE",
            };
            Assert.Equal(expected.OrderBy(pair => pair.Key, StringComparer.Ordinal), constants.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_limit_ends_a_check_that_then_says_that_it_is_not_complete()
    {
        ModelReport report = new ModelChecker(ModelLibrary.Find("crashes")!, new SearchOptions { MaxStates = 1000 }).Run();

        Assert.False(report.IsComplete);
        Assert.InRange(report.States, 1000, 1100);
    }

    [Theory]
    [InlineData("E241", "ElectedByMajority", 2)]
    [InlineData("P101", "NoAcknowledgementBeforeDurability", 6)]
    public async Task A_seeded_bug_is_found_by_the_shortest_way(string mutant, string property, int steps)
    {
        using TemporaryFolder folder = new();

        CommandRun run = await RaftProcess.RunAsync(RaftProcess.WriteLauncher(folder), ["check", "--mutant", mutant, "--out", folder.File("out")]);

        Assert.Equal(2, run.Exit);
        Assert.Contains($"VIOLATION of {property}", run.Out, StringComparison.Ordinal);
        Assert.Contains($"after {steps} steps:", run.Out, StringComparison.Ordinal);
    }

    // The mistakes that implementations of Raft are known for, by the shortest way in steps of the search.
    [Theory]
    [InlineData("R11", "hunt-proposal", "CommittedByMajority", 11)]
    [InlineData("E12", "hunt-pair", "VotesForUpToDate", 5)]
    [InlineData("P109", "deep-a-b-a", "AppliedIsDurable", 16)]
    [InlineData("S5", "hunt-old-snapshot", "StateMachineSafety", 15)]
    [InlineData("W51", "hunt-rounds", "LeadershipBegunOnce", 5)]
    public async Task A_classic_mistake_is_found_in_a_model_with_reductions(string mutant, string model, string property, int steps)
    {
        using TemporaryFolder folder = new();

        CommandRun run = await RaftProcess.RunAsync(
            RaftProcess.WriteLauncher(folder), ["check", model, "--reduce", "symmetry,closure", "--workers", "1", "--out", folder.FullName, "--mutant", mutant]);

        Assert.Equal(2, run.Exit);
        Assert.Contains($"VIOLATION of {property}", run.Out, StringComparison.Ordinal);
        Assert.Contains($"after {steps} steps:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_does_not_exist_is_one_line()
    {
        CommandRun run = CommandRun.Of(["check", "crash"]);

        Assert.Equal(1, run.Exit);
        Assert.StartsWith("raft: unknown model 'crash'", run.Error, StringComparison.Ordinal);
        Assert.Contains("expected one of elections,", run.Error, StringComparison.Ordinal);
    }

    private static string SetOf(int from, int count) => $"{{{string.Join(", ", Enumerable.Range(from, count).Select(i => $"s{i}"))}}}";

    internal static string[][] Lines() =>
    [
        .. File.ReadAllLines(Path.Combine(Folder, "verified.txt")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)),
    ];
}
