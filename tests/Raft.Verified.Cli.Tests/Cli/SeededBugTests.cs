using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>--mutant ID</c>, as a user types it: a run with a seeded bug, in a process of its own.</summary>
public sealed class SeededBugTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_found_with_a_seeded_bug_is_replayed_by_the_line_that_is_printed()
    {
        string launcher = RaftProcess.WriteLauncher(_folder);
        CommandRun found = await RaftProcess.RunAsync(launcher, ["test", "first-election-5", "--mutant", "W8", "--iterations", "50", "--out", _folder.File("out")]);
        Assert.Equal(2, found.Exit);
        Assert.Contains("first-election-5: VIOLATION of ElectedByMajority\n", found.Out);

        string schedule = Assert.Single(Directory.GetFiles(_folder.File("out"), "*.schedule"));
        string line = Assert.Single(found.Out.Split('\n'), text => text.StartsWith("  replay:", StringComparison.Ordinal));
        Assert.EndsWith($" replay {schedule} --mutant W8", line);
        Assert.Contains($" shrink {schedule} --mutant W8\n", found.Out);
        Assert.Contains($" show {schedule} --mutant W8\n", found.Out);

        CommandRun replayed = await RaftProcess.RunAsync(launcher, ["replay", schedule, "--mutant", "W8"]);
        Assert.Equal((2, "raft: compiling the library with mutant W8\n"), (replayed.Exit, replayed.Error));
    }

    [Fact]
    public async Task A_schedule_says_by_itself_which_seeded_bug_it_needs_and_where_that_comes_from()
    {
        string launcher = RaftProcess.WriteLauncher(_folder);
        string bugs = _folder.File("bugs of mine");
        Directory.CreateDirectory(bugs);
        string data = Path.Combine(bugs, "Z1.json");
        File.WriteAllText(data, File.ReadAllText(Repository.File("src", "Raft.Verified.Mutants", "Catalogue", "Votes", "W8.json")).Replace("\"W8\"", "\"Z1\"", StringComparison.Ordinal));
        CommandRun found = await RaftProcess.RunAsync(
            launcher, ["test", "first-election-5", "--mutant", "Z1", "--catalogue", bugs, "--iterations", "50", "--out", _folder.File("out")]);
        string schedule = Assert.Single(Directory.GetFiles(_folder.File("out"), "*.schedule"));
        Assert.Contains($" replay {schedule} --mutant Z1 --catalogue '{bugs}'\n", found.Out);

        foreach ((string verb, int status) in new[] { ("replay", 2), ("shrink", 0), ("show", 0) })
        {
            CommandRun run = await RaftProcess.RunAsync(launcher, [verb, schedule]);
            Assert.Equal((status, "raft: compiling the library with mutant Z1\nraft: note: the schedule was recorded with mutant Z1; this run has it, too\n"), (run.Exit, run.Error));
        }

        File.Delete(data);
        CommandRun gone = await RaftProcess.RunAsync(launcher, ["replay", schedule]);
        Assert.Equal((1, ""), (gone.Exit, gone.Out));
        Assert.StartsWith("raft: the schedule was recorded with mutant Z1, which cannot be seeded: ", gone.Error);
        Assert.Single(gone.Error.TrimEnd('\n').Split('\n'));
    }
}
