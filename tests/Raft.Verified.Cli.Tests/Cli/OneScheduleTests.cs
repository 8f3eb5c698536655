using System.Text.Json;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft test --schedule N --keep</c>: exactly one schedule, which may be kept though it violates nothing.</summary>
public sealed class OneScheduleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_number_in_the_report_runs_the_same_schedule_again_and_no_other()
    {
        Assert.Contains("found in: schedule 3 of 4, ", Test("broken", "--iterations", "200", "--workers", "1").Out);
        string found = File.ReadAllText(_folder.File("broken-3-3.schedule"));
        File.Delete(_folder.File("broken-3-3.schedule"));

        CommandRun again = Test("broken", "--schedule", "3");
        Assert.Equal(2, again.Exit);
        Assert.Equal(found, File.ReadAllText(_folder.File("broken-3-3.schedule")));
        Assert.Contains("found in: schedule 3 of 4, strategy pct, timed, 77 decisions\n", again.Out);
        Assert.Contains("1 scenario, 1 schedule, 77 decisions", again.Out);

        CommandRun before = Test("broken", "--schedule", "2");
        Assert.Equal(0, before.Exit);
        Assert.Contains("1 scenario, 1 schedule, ", before.Out);
        Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    [Fact]
    public void Other_seeds_and_strategies_have_other_schedules()
    {
        string[] hashes = [.. new[] { new[] { "--seed", "3" }, ["--seed", "4"], ["--seed", "3", "--strategy", "random"], ["--seed", "3"] }.Select(options =>
            JsonDocument.Parse(CommandRun.Of(["test", "sound-one", "--schedule", "2", "--json", "--out", _folder.FullName, .. options]).Out)
                .RootElement.GetProperty("runs")[0].GetProperty("eventHash").GetString()!)];
        Assert.Equal(hashes[0], hashes[3]);
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Fact]
    public void A_schedule_without_a_violation_is_kept_if_asked_and_can_be_replayed_and_shown()
    {
        CommandRun run = Test("sound-one", "--schedule", "5", "--keep");
        string file = _folder.File("sound-one-3-5.schedule");
        Assert.Equal(0, run.Exit);
        Schedule schedule = ScheduleFile.Read(file);
        Assert.Equal(("", "", 5L, false), (schedule.Header.Property, schedule.Header.Message, schedule.Header.Iteration, schedule.Header.HasViolation));
        Assert.Contains($"sound-one: schedule 5 of 6 violates nothing: strategy {schedule.Header.Strategy}, timed, {schedule.Decisions.Count} decisions\n  schedule: {file}\n  replay:   raft replay {file}\n  show:     raft show {file}\n", run.Out);
        Assert.DoesNotContain("shrink", run.Out);

        CommandRun replay = CommandRun.Of("replay", file);
        Assert.Equal((0, ""), (replay.Exit, replay.Error));
        Assert.Contains("seed       3, schedule 5 of 6\nproperty   none was violated\n", replay.Out);
        Assert.Contains("# t1 LEADER", replay.Out);
        Assert.EndsWith($"\nviolated: nothing\nreproduced: yes, in {schedule.Decisions.Count} decisions\n", replay.Out);

        CommandRun show = CommandRun.Of("show", file);
        Assert.Equal((0, ""), (show.Exit, show.Error));
        Assert.EndsWith(" events, no violation\n", show.Out);
        string page = File.ReadAllText(Path.ChangeExtension(file, ".html"));
        Assert.Contains("<title>No violation: sound-one</title>", page);
        Assert.Contains("\"status\":\"clean\"", page);

        CommandRun shrink = CommandRun.Of("shrink", file);
        Assert.Equal((1, ""), (shrink.Exit, shrink.Out));
        Assert.Equal($"raft: {file}: was kept without a violation, so there is nothing to shrink; expected a schedule that violates a property\n", shrink.Error);
    }

    [Fact]
    public void A_violation_in_a_kept_schedule_is_a_difference_and_ends_with_3()
    {
        Test("sound-one", "--schedule", "5", "--keep");
        string file = _folder.File("sound-one-3-5.schedule");
        Scenario failing = MadeUpScenarios.Sound with
        {
            Body = async cluster =>
            {
                await cluster.LeaderAsync();
                cluster.Simulation.Fail("NobodyEverLeads", "somebody leads");
            },
        };
        CommandRun run = CommandRun.Of([failing], CancellationToken.None, "replay", file);
        Assert.Equal(3, run.Exit);
        Assert.Contains("violated: NobodyEverLeads\n  somebody leads\nreproduced: no\n", run.Out);
        Assert.Equal("raft: the schedule was recorded without a violation; this build violates NobodyEverLeads\n", run.Error);
        Assert.Equal(3, CommandRun.Of([failing], CancellationToken.None, "show", file).Exit);
    }

    [Fact]
    public void A_kept_schedule_that_diverges_ends_with_3()
    {
        Test("sound-one", "--schedule", "5", "--keep");
        string file = _folder.File("sound-one-3-5.schedule");
        string[] lines = File.ReadAllLines(file);
        lines[^1] = lines[^1].Replace($"{lines.Length - 2}", $"{lines.Length - 3}", StringComparison.Ordinal);
        File.WriteAllLines(file, [.. lines[..^2], lines[^1]]);
        CommandRun run = CommandRun.Of("replay", file);
        Assert.Equal(3, run.Exit);
        Assert.StartsWith("raft: the schedule diverged: decision ", run.Error);
        Assert.Contains("the schedule has ended; the run goes on with", run.Error);
    }

    [Fact]
    public void A_kept_schedule_is_a_regression_that_passes()
    {
        Test("sound-one", "--schedule", "5", "--keep");
        CommandRun run = CommandRun.Of("test", "sound-one", "--iterations", "1", "--regressions", _folder.FullName, "--out", _folder.File("out"), "--json");
        Assert.Equal(0, run.Exit);
        Assert.Contains("regressions: 1 schedule replayed: ok", run.Error);
        Assert.False(Directory.Exists(_folder.File("out")));
    }

    [Fact]
    public void Reports_for_programs_name_the_schedule_and_its_file()
    {
        string junit = _folder.File("junit.xml");
        JsonElement report = JsonDocument.Parse(Test("sound-one", "--schedule", "5", "--keep", "--json", "--junit", junit).Out).RootElement;
        Assert.Equal(5, report.GetProperty("settings").GetProperty("schedule").GetInt64());
        JsonElement kept = report.GetProperty("runs")[0].GetProperty("kept");
        Assert.Equal((5L, _folder.File("sound-one-3-5.schedule")), (kept.GetProperty("iteration").GetInt64(), kept.GetProperty("schedule").GetString()));
        Assert.Contains($"kept: {_folder.File("sound-one-3-5.schedule")}", File.ReadAllText(junit));

        string file = _folder.File("report.json");
        File.WriteAllText(file, report.GetRawText());
        JsonElement merged = JsonDocument.Parse(CommandRun.Of("merge", file, "--json").Out).RootElement;
        Assert.Equal(5, merged.GetProperty("settings").GetProperty("schedule").GetInt64());
        Assert.Equal(kept.GetRawText(), merged.GetProperty("runs")[0].GetProperty("kept").GetRawText());
        Assert.False(JsonDocument.Parse(Test("sound-one", "--iterations", "1", "--json").Out).RootElement.GetProperty("settings").TryGetProperty("schedule", out _));
    }

    [Fact]
    public void A_trace_is_that_of_the_schedule()
    {
        Assert.Equal(0, Test("sound-one", "--schedule", "5", "--tla", _folder.File("traces")).Exit);
        Assert.Equal(_folder.File(Path.Combine("traces", "sound-one-3-5.ndjson")), Assert.Single(Directory.GetFiles(_folder.File("traces"))));
    }

    private CommandRun Test(params string[] args) => CommandRun.Of(["test", "--seed", "3", "--out", _folder.FullName, .. args]);
}
