using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft replay</c>: what was found is seen again, and what no longer fits is told.</summary>
public sealed class ReplayCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _schedule;

    public ReplayCommandTests()
    {
        CommandRun.Of("test", "broken", "--iterations", "200", "--seed", "3", "--workers", "1", "--out", _folder.FullName);
        _schedule = Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_violation_found_is_reproduced()
    {
        CommandRun run = CommandRun.Of("replay", _schedule);
        Assert.Empty(run.Error);
        Assert.Equal(2, run.Exit);
        Assert.Contains("scenario   broken\n", run.Out);
        Assert.Contains("clock      timed\n", run.Out);
        Assert.Contains("seed       3, schedule 3 of 4\n", run.Out);
        Assert.Contains("property   S2NeverLeads\n", run.Out);
        Assert.Contains("# t1 LEADER", run.Out);
        Assert.Contains("violated: S2NeverLeads\n  S2 leads\n  and should not\n", run.Out);
        Assert.Contains($"reproduced: yes, in {File.ReadLines(_schedule).Count() - 2} decisions\n", run.Out);
        Assert.Equal(run, CommandRun.Of("replay", _schedule));
    }

    [Fact]
    public void Topics_choose_what_is_shown()
    {
        string[] all = Events(CommandRun.Of("replay", _schedule));
        string[] votes = Events(CommandRun.Of("replay", _schedule, "--topics", "vote"));
        string[] disks = Events(CommandRun.Of("replay", _schedule, "--topics", "disk,vote"));
        Assert.Contains(all, line => line.Contains("->S", StringComparison.Ordinal));
        Assert.DoesNotContain(all, line => line.Contains("disk", StringComparison.Ordinal));
        Assert.NotEmpty(votes);
        Assert.DoesNotContain(votes, line => line.Contains("->S", StringComparison.Ordinal));
        Assert.Contains(disks, line => line.Contains("disk t1 vote S2", StringComparison.Ordinal));
    }

    [Fact]
    public void A_schedule_that_does_not_fit_this_build_ends_with_3_and_names_the_decision()
    {
        string[] lines = File.ReadAllLines(_schedule);
        int changed = Array.FindIndex(lines, 20, line => line.Contains("\"step\"", StringComparison.Ordinal));
        lines[changed] = lines[changed].Replace("\"what\":\"", "\"what\":\"something else than ", StringComparison.Ordinal);
        File.WriteAllLines(_schedule, lines);
        CommandRun run = CommandRun.Of("replay", _schedule);
        Assert.Equal(3, run.Exit);
        Assert.Contains("reproduced: no\n", run.Out);
        Assert.StartsWith($"raft: the schedule diverged: decision {changed}: the schedule says 'something else than ", run.Error);
        Assert.Contains("; this build does '", run.Error);
        Assert.Equal('\n', Assert.Single(run.Error, c => c == '\n'));
    }

    [Fact]
    public void A_schedule_of_another_build_is_noted()
    {
        Change("\"build\":\"", "\"build\":\"0123");
        CommandRun run = CommandRun.Of("replay", _schedule);
        Assert.Equal(2, run.Exit);
        Assert.StartsWith("raft: note: the schedule was written by build 0123", run.Error);
    }

    [Fact]
    public void A_schedule_of_a_seeded_bug_is_noted_with_the_option_that_seeds_it()
    {
        Change("\"build\":\"", "\"mutant\":\"W8\",\"build\":\"");
        CommandRun run = CommandRun.Of("replay", _schedule);
        Assert.Equal(2, run.Exit);
        Assert.Equal("raft: note: the schedule was recorded with mutant W8, but this run has none; '--mutant W8' seeds it\n", run.Error);
    }

    [Fact]
    public void Another_violation_than_the_schedule_says_ends_with_3()
    {
        Change("S2NeverLeads", "ElectionSafety");
        CommandRun run = CommandRun.Of("replay", _schedule);
        Assert.Equal(3, run.Exit);
        Assert.Contains("reproduced: no\n", run.Out);
        Assert.Contains("the schedule was recorded for a violation of ElectionSafety; this build violates S2NeverLeads", run.Error);
    }

    [Fact]
    public void Columns_fit_the_terminal()
    {
        CommandRun run = CommandRun.OnTerminal(73, "replay", _schedule);
        string[] events = Events(run);
        Assert.Equal(2, run.Exit);
        Assert.All(events, line => Assert.InRange(line.Length, 1, 73));
        Assert.DoesNotContain('~', run.Out);
    }

    private void Change(string old, string by)
    {
        string[] lines = File.ReadAllLines(_schedule);
        lines[0] = lines[0].Replace(old, by, StringComparison.Ordinal);
        File.WriteAllLines(_schedule, lines);
    }

    private static string[] Events(CommandRun run) =>
        [.. run.Out.Split('\n').SkipWhile(line => !line.StartsWith("  step", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)];
}
