using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Testing;
using Raft.Verified.Testing.Log;
using Raft.Verified.Testing.Page;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>Schedules that are kept: replayed alone, and before an exploration.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RaftTestOptions Options => new()
    {
        Iterations = 50,
        Workers = 1,
        OutputFolder = _folder.File("failures"),
        RegressionFolder = _folder.FullName,
    };

    [Fact]
    public async Task A_schedule_of_this_build_fails_with_the_story_of_its_violation()
    {
        string file = await KeepAsync();
        RaftTestException failure = Assert.Throws<RaftTestException>(() => RaftTest.Replay(file, TestScenarios.Broken, Options));

        Assert.Equal(("S2NeverLeads", "S2 leads\nand should not"), (failure.Property, failure.Violation));
        Assert.Contains($"\nfound in: the replay of {file}, recorded for S2NeverLeads\nshrunk:   before, from ", failure.Message);
        Assert.Contains("S2   # t1 LEADER", failure.Message);
        Assert.All([failure.Schedule, failure.Log, failure.Page], written => Assert.True(File.Exists(written)));
    }

    [Fact]
    public async Task A_schedule_of_another_build_is_replayed_tolerantly()
    {
        string file = await KeepAsync(build: "another");
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ReplayAsync(file, TestScenarios.Broken, Options));
        Assert.Equal("S2NeverLeads", failure.Property);

        await RaftTest.ReplayAsync(file, TestScenarios.Mended, Options);
        RaftTest.Replay(file, TestScenarios.Mended, Options);
    }

    [Fact]
    public async Task A_schedule_of_this_build_with_another_run_shows_that_the_scenario_is_not_deterministic()
    {
        string file = await KeepAsync();
        RaftTestException failure = Assert.Throws<RaftTestException>(() => RaftTest.Replay(file, TestScenarios.Mended, Options));

        Assert.Equal(RuntimeFindings.Repeatability, failure.Property);
        Assert.Contains("This build wrote the schedule, but its run is another one now. The first difference: decision ", failure.Message);
        Assert.DoesNotContain("\nrepeated:", failure.Message);
        Assert.Contains("diverged: decision ", await File.ReadAllTextAsync(failure.Log!));
    }

    [Fact]
    public void A_schedule_that_was_kept_without_a_violation_passes_and_its_log_and_page_say_so()
    {
        Schedule schedule = TracedRun.Record(TestScenarios.Sound, new ExplorationOptions { Iterations = 1 }, 0);
        string file = _folder.File("sound.schedule");
        ScheduleFile.Write(file, schedule);
        RaftTest.Replay(file, TestScenarios.Sound, Options);

        StringWriter log = new();
        ReadableLog.Write(log, TestScenarios.Sound, ScheduleFile.Read(file));
        Assert.Contains("\nproperty   none was violated\n", log.ToString().ReplaceLineEndings("\n"));
        Assert.EndsWith("\n\nviolated: nothing\n", log.ToString().ReplaceLineEndings("\n"));

        SchedulePage.Write(_folder.File("sound.html"), TestScenarios.Sound, ScheduleFile.Read(file));
        Assert.Contains("\"status\":\"clean\"", File.ReadAllText(_folder.File("sound.html")));
    }

    [Theory]
    [InlineData("", "{0}: the file is empty; expected a schedule's header in line 1")]
    [InlineData("no JSON", "{0}, line 1: not a JSON object; expected a schedule's header")]
    public void A_corrupt_file_is_named_with_its_line(string content, string message)
    {
        string file = _folder.File("corrupt.schedule");
        File.WriteAllText(file, content);
        Assert.Equal(Formatted(message, file), Assert.Throws<ScheduleFormatException>(() => RaftTest.Replay(file, TestScenarios.Broken)).Message);
    }

    [Fact]
    public async Task A_truncated_file_is_noticed()
    {
        string file = await KeepAsync();
        File.WriteAllLines(file, File.ReadAllLines(file).SkipLast(1));
        Assert.Contains("the file is truncated", Assert.Throws<ScheduleFormatException>(() => RaftTest.Replay(file, TestScenarios.Broken)).Message);
    }

    [Fact]
    public async Task A_file_with_an_unknown_strategy_is_refused()
    {
        string file = await KeepAsync(change: header => header with { Strategy = "hope" });
        Assert.StartsWith($"{file}, line 1: unknown strategy 'hope'; expected one of random, ", Assert.Throws<ScheduleFormatException>(
            () => RaftTest.Replay(file, TestScenarios.Broken)).Message);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        string file = _folder.File("missing.schedule");
        Assert.StartsWith($"{file}: cannot be read: ", Assert.Throws<ScheduleFormatException>(() => RaftTest.Replay(file, TestScenarios.Broken)).Message);
    }

    [Fact]
    public async Task A_schedule_of_another_scenario_is_refused()
    {
        string file = await KeepAsync();
        Assert.StartsWith(
            $"{file}, line 1: the schedule belongs to scenario 'broken'; expected 'sound'",
            Assert.Throws<ArgumentException>(() => RaftTest.Replay(file, TestScenarios.Sound)).Message);
    }

    [Fact]
    public async Task Regressions_are_replayed_before_the_exploration()
    {
        string file = await KeepAsync(build: "another");
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(TestScenarios.Broken, Options));
        Assert.Contains($"\nfound in: regression {file}, recorded for S2NeverLeads\n", failure.Message);

        RaftTestReport report = await RaftTest.ExploreAsync(TestScenarios.Mended, Options);
        Assert.Equal((1, _folder.FullName, 50), (report.Regressions, report.RegressionFolder, report.Schedules));
        Assert.EndsWith($", 1 regression of {_folder.FullName}", report.ToString());
        Assert.Equal(0, (await RaftTest.ExploreAsync(TestScenarios.Sound, Options)).Regressions);
    }

    [Fact]
    public async Task A_corrupt_regression_fails_every_test_of_the_folder()
    {
        File.WriteAllText(_folder.File("corrupt.schedule"), "{}");
        ScheduleFormatException wrong = await Assert.ThrowsAsync<ScheduleFormatException>(() => RaftTest.ExploreAsync(TestScenarios.Sound, Options));
        Assert.Equal($"{_folder.File("corrupt.schedule")}, line 1: \"format\" is missing", wrong.Message);
    }

    [Fact]
    public async Task A_folder_of_regressions_that_does_not_exist_is_named()
    {
        DirectoryNotFoundException missing = await Assert.ThrowsAsync<DirectoryNotFoundException>(
            () => RaftTest.ExploreAsync(TestScenarios.Sound, Options with { RegressionFolder = "no/such/folder" }));
        Assert.Equal("The folder of regressions 'no/such/folder' does not exist; expected a folder with schedule files (*.schedule).", missing.Message);
    }

    [Fact]
    public async Task A_cancelled_replay_has_no_verdict()
    {
        string file = await KeepAsync();
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();
        Assert.Throws<OperationCanceledException>(() => RaftTest.Replay(file, TestScenarios.Broken, Options, stop.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RaftTest.ReplayAsync(file, TestScenarios.Broken, Options, stop.Token));
    }

    // A shrunk schedule of the broken scenario, kept in the folder.
    private async Task<string> KeepAsync(string? build = null, Func<ScheduleHeader, ScheduleHeader>? change = null)
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(
            () => RaftTest.ExploreAsync(TestScenarios.Broken, Options with { OutputFolder = _folder.File("first"), RegressionFolder = "" }));
        Schedule schedule = ScheduleFile.Read(failure.Schedule!);
        ScheduleHeader header = build is null ? schedule.Header : schedule.Header with { Build = build };
        string file = _folder.File("kept.schedule");
        ScheduleFile.Write(file, schedule with { Header = change?.Invoke(header) ?? header });
        return file;
    }

    private static string Formatted(string message, string file) => string.Format(System.Globalization.CultureInfo.InvariantCulture, message, file);
}
