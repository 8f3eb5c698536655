using System.Text.Json;
using Raft.Verified.Exploration.Schedules;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft shrink</c>: a smaller schedule with the same violation.</summary>
public sealed class ShrinkCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _schedule;

    public ShrinkCommandTests()
    {
        CommandRun.Of("test", "broken", "--iterations", "200", "--seed", "3", "--workers", "1", "--out", _folder.FullName);
        _schedule = Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_smaller_schedule_lies_beside_the_other_one_and_replays()
    {
        CommandRun run = CommandRun.Of("shrink", _schedule);
        string shrunk = _schedule.Replace(".schedule", ".min.schedule", StringComparison.Ordinal);

        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("violates    S2NeverLeads\n", run.Out);
        Assert.Contains("; nothing more can be removed\n", run.Out);
        Assert.Contains($"schedule: {shrunk}\n", run.Out);
        Assert.True(ScheduleFile.Read(shrunk).Decisions.Count < ScheduleFile.Read(_schedule).Decisions.Count);
        Assert.Equal(2, CommandRun.Of("replay", shrunk).Exit);
    }

    [Fact]
    public void It_goes_where_the_user_wants_it_and_the_report_can_be_json()
    {
        string file = _folder.File("small");
        CommandRun run = CommandRun.Of("shrink", _schedule, "-o", file, "--json");

        JsonElement report = JsonDocument.Parse(run.Out).RootElement;
        Assert.Equal(0, run.Exit);
        Assert.Equal("S2NeverLeads", report.GetProperty("property").GetString());
        Assert.Equal(file, report.GetProperty("schedule").GetString());
        Assert.True(report.GetProperty("complete").GetBoolean());
        Assert.Equal(ScheduleFile.Read(_schedule).Decisions.Count, report.GetProperty("before").GetProperty("decisions").GetInt32());
        Assert.Equal(ScheduleFile.Read(file).Decisions.Count, report.GetProperty("after").GetProperty("decisions").GetInt32());
    }

    [Fact]
    public void What_follows_fairly_is_told_apart_from_what_is_on_file()
    {
        string found = _folder.File("found");
        CommandRun.Of("test", "hopeless", "--iterations", "1", "--out", found);
        string file = _folder.File("small");
        CommandRun run = CommandRun.Of("shrink", Assert.Single(Directory.GetFiles(found)), "-o", file);
        Schedule small = ScheduleFile.Read(file);

        Assert.Contains($"\nfair end: {small.Tail!.Decisions} decisions by the fair scheduler, not in the file\n", run.Out);
        Assert.Contains($"reproduced: yes, in {small.Decisions.Count} decision", CommandRun.Of("replay", file).Out);
        Assert.EndsWith($", plus {small.Tail.Decisions} by the fair scheduler\n", CommandRun.Of("replay", file).Out);
    }

    [Fact]
    public void An_end_before_time_keeps_what_was_reached()
    {
        using CancellationTokenSource interrupted = new();
        interrupted.Cancel();
        CommandRun run = CommandRun.Of(MadeUpScenarios.All, interrupted.Token, "shrink", _schedule, "-o", _folder.File("small"));

        Assert.Equal(0, run.Exit);
        Assert.Contains("; ended before everything was tried\n", run.Out);
        Assert.Equal(2, CommandRun.Of("replay", _folder.File("small")).Exit);
    }

    [Fact]
    public void A_schedule_that_does_not_fit_this_build_ends_with_3_and_nothing_is_written()
    {
        string[] lines = File.ReadAllLines(_schedule);
        lines[0] = lines[0].Replace("S2NeverLeads", "ElectionSafety", StringComparison.Ordinal);
        File.WriteAllLines(_schedule, lines);
        CommandRun run = CommandRun.Of("shrink", _schedule);

        Assert.Equal(3, run.Exit);
        Assert.Equal("raft: the schedule says that it violates ElectionSafety; this build finds S2NeverLeads\n", run.Error);
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Theory]
    [InlineData("raft: --seconds is '0'; expected a number of seconds greater than 0", "--seconds", "0")]
    [InlineData("raft: --out is empty; expected a path", "-o", "")]
    public void Bad_options_are_named(string message, params string[] options)
    {
        CommandRun run = CommandRun.Of(["shrink", _schedule, .. options]);
        Assert.Equal(1, run.Exit);
        Assert.StartsWith(message, run.Error);
    }

    [Fact]
    public void A_file_that_is_no_schedule_is_named()
    {
        string file = _folder.File("nonsense");
        File.WriteAllText(file, "nonsense");
        CommandRun run = CommandRun.Of("shrink", file);
        Assert.Equal((1, $"raft: {file}, line 1: not a JSON object; expected a schedule's header\n"), (run.Exit, run.Error));
    }
}
