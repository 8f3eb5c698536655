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

        CommandRun replayed = await RaftProcess.RunAsync(launcher, ["replay", schedule, "--mutant", "W8"]);
        Assert.Equal((2, ""), (replayed.Exit, replayed.Error));
        CommandRun correct = await RaftProcess.RunAsync(launcher, ["replay", schedule]);
        Assert.Equal(3, correct.Exit);
        Assert.StartsWith("raft: note: the schedule was recorded with the seeded bug W8, this run has none; '--mutant W8' seeds it\n", correct.Error);
    }
}
