using System.Text.RegularExpressions;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft test</c>: exit statuses, what is printed for people, files.</summary>
public sealed class TestCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_found_ends_with_0_and_one_line_a_scenario()
    {
        CommandRun run = Test("sound-one", "--iterations", "20", "--workers", "2");
        Assert.Equal(0, run.Exit);
        Assert.Empty(run.Error);
        Assert.Single(run.Out.Split('\n'), line => line.StartsWith("sound-one ", StringComparison.Ordinal) && line.TrimEnd().EndsWith("goals 1/1    ok", StringComparison.Ordinal));
        Assert.Contains("1 scenario, 20 schedules, ", run.Out);
        Assert.Contains("nothing found, every goal reached", run.Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void A_violation_ends_with_2_and_says_how_to_see_it_again()
    {
        CommandRun run = Test("broken", "--iterations", "200", "--workers", "1");
        string file = Assert.Single(Directory.GetFiles(_folder.FullName));
        ScheduleHeader header = ScheduleFile.Read(file).Header;
        Assert.Equal(2, run.Exit);
        Assert.Equal(_folder.File($"broken-1-{header.Iteration}.schedule"), file);
        Assert.Contains("broken: VIOLATION of S2NeverLeads\n  S2 leads\n  and should not\n", run.Out);
        Assert.Contains($"found in: schedule {header.Iteration} of {header.Iteration + 1}, strategy {header.Strategy}, timed, ", run.Out);
        Assert.Contains($"schedule: {file}\n", run.Out);
        Assert.Contains($"replay:   raft replay {file}\n", run.Out);
    }

    [Fact]
    public void The_other_scenarios_are_explored_after_a_violation()
    {
        CommandRun run = Test("broken", "sound-one", "--iterations", "50");
        Assert.Equal(2, run.Exit);
        Assert.Matches("(?m)^sound-one .* ok\r?$", run.Out);
        Assert.Contains("1 violation found", run.Out);
    }

    [Fact]
    public void A_goal_never_reached_within_a_time_ends_with_2()
    {
        CommandRun run = Test("sound-unreached", "--seconds", "0.1");
        Assert.Equal(2, run.Exit);
        Assert.Contains("sound-unreached: GOALS NEVER REACHED in ", run.Out);
        Assert.Contains("  pigs fly\n", run.Out);
    }

    [Theory]
    [InlineData("--iterations", "5")]
    [InlineData("--seconds", "0.1", "--shard", "1/2")]
    public void A_goal_never_reached_is_no_failure_in_a_part_of_the_work(params string[] part)
    {
        CommandRun run = Test(["sound-unreached", .. part]);
        Assert.Equal(0, run.Exit);
        Assert.Contains("sound-unreached: goals not reached in ", run.Out);
    }

    [Fact]
    public void A_run_that_is_not_deterministic_ends_with_3()
    {
        CommandRun run = Test("erratic", "--iterations", "3", "--self-check");
        Assert.Equal(3, run.Exit);
        Assert.Contains("erratic: VIOLATION of Repeatability", run.Out);
    }

    [Fact]
    public void Patterns_select_scenarios_in_the_librarys_order()
    {
        CommandRun run = Test("*-unreached", "sound-*", "--iterations", "2");
        Assert.Equal(0, run.Exit);
        Assert.Contains("2 scenarios, 4 schedules", run.Out);
        Assert.True(run.Out.IndexOf("sound-one", StringComparison.Ordinal) < run.Out.IndexOf("sound-unreached", StringComparison.Ordinal));
    }

    [Fact]
    public void Time_is_divided_so_that_every_scenario_gets_some()
    {
        CommandRun run = Test("sound-*", "--seconds", "0.4");
        Assert.Equal(2, run.Exit);
        Assert.Matches("(?m)^sound-one .* ok\r?$", run.Out);
        Assert.Matches("(?m)^sound-unreached .* ok, 1 goal not reached\r?$", run.Out);
    }

    [Fact]
    public void An_interrupt_ends_the_run_with_the_report_so_far()
    {
        using CancellationTokenSource interrupt = new();
        Scenario interrupting = MadeUpScenarios.Sound with
        {
            Name = "interrupting",
            Body = async cluster =>
            {
                await cluster.LeaderAsync();
                interrupt.Cancel();
            },
        };
        CommandRun run = CommandRun.Of(
            [interrupting, MadeUpScenarios.Sound], interrupt.Token, "test", "--seconds", "600", "--out", _folder.FullName);
        Assert.Equal(130, run.Exit);
        Assert.Contains("interrupted; 1 of 2 scenarios, ", run.Out);
        Assert.Contains("nothing found", run.Out);
    }

    [Fact]
    public void A_terminal_shows_a_table_that_fits()
    {
        CommandRun run = CommandRun.OnTerminal(80, "test", "sound-one", "broken", "--iterations", "100", "--out", _folder.FullName);
        Assert.Equal(2, run.Exit);
        string table = Regex.Replace(run.Out, "\e\\[[0-9;?]*[a-zA-Z]", "");
        Assert.Matches("scenario +schedules +schedules/s +decisions/s +goals +time +result", table);
        Assert.Matches("broken +[0-9]+ +[0-9,]+ +[0-9,]+ +1/1 +[0-9.]+ s +VIOLATION of", table);
    }

    [Fact]
    public void A_schedule_that_cannot_be_written_does_not_hide_the_violation()
    {
        string blocked = _folder.File("blocked");
        File.WriteAllText(blocked, "");
        CommandRun run = CommandRun.Of("test", "broken", "--iterations", "200", "--out", Path.Combine(blocked, "out"));
        Assert.Equal(2, run.Exit);
        Assert.Contains("VIOLATION of S2NeverLeads", run.Out);
        Assert.Contains("cannot be written", run.Out);
    }

    private CommandRun Test(params string[] args) => CommandRun.Of(["test", .. args, "--out", _folder.FullName]);
}
