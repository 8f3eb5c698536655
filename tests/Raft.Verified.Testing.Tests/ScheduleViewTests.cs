using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Testing;
using Raft.Verified.Testing.Log;
using Raft.Verified.Testing.Page;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>The readable log and the page of a schedule, as a program writes them.</summary>
public sealed class ScheduleViewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_log_has_the_origin_the_events_and_the_verdict()
    {
        Schedule schedule = await FindAsync();
        StringWriter text = new();
        ReplayOutcome outcome = ReadableLog.Write(text, TestScenarios.Broken, schedule);

        Assert.Equal(new ReplayOutcome("S2NeverLeads", "S2 leads\nand should not", null), outcome);
        string log = text.ToString().ReplaceLineEndings("\n");
        Assert.StartsWith($"scenario   broken\nstrategy   {schedule.Header.Strategy}\nclock      timed\nseed       1, schedule ", log);
        Assert.Contains("# t1 LEADER", log);
        Assert.EndsWith("\n\nviolated: S2NeverLeads\n  S2 leads\n  and should not\n", log);
    }

    [Fact]
    public async Task The_format_chooses_topics_columns_and_colours()
    {
        Schedule schedule = await FindAsync();
        StringWriter text = new();
        ReadableLog.Write(text, TestScenarios.Broken, schedule, new LogFormat { Topics = LogTopic.Vote, Columns = false, HasColor = true });

        Assert.Contains("\e[32mt1 LEADER\e[0m", text.ToString());
        Assert.DoesNotContain("Append", text.ToString());
        Assert.Contains("violated: \e[31mS2NeverLeads\e[0m", text.ToString());
    }

    [Fact]
    public async Task A_log_of_another_build_ends_with_the_divergence()
    {
        Schedule schedule = await FindAsync();
        StringWriter text = new();
        ReplayOutcome outcome = ReadableLog.Write(text, TestScenarios.Mended, schedule);

        Assert.NotNull(outcome.Divergence);
        Assert.EndsWith($"\n\ndiverged: {outcome.Divergence}\n", text.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_page_is_one_file_with_the_run_and_its_verdict()
    {
        Schedule schedule = await FindAsync();
        string file = _folder.File("pages/it.html");
        ReplayOutcome outcome = SchedulePage.Write(file, TestScenarios.Broken, schedule);

        Assert.Equal("S2NeverLeads", outcome.Property);
        string page = await File.ReadAllTextAsync(file);
        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.Contains("\"status\":\"reproduced\"", page);
        Assert.Contains("LEADER of t1", page);
        Assert.DoesNotContain("{{", page);
        Assert.Equal([file], Directory.GetFiles(_folder.File("pages")));
    }

    [Fact]
    public async Task A_page_of_another_build_tells_the_divergence()
    {
        Schedule schedule = await FindAsync();
        string file = _folder.File("it.html");
        Assert.NotNull(SchedulePage.Write(file, TestScenarios.Mended, schedule).Divergence);
        Assert.Contains("\"status\":\"diverged\"", await File.ReadAllTextAsync(file));
    }

    private async Task<Schedule> FindAsync()
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(
            TestScenarios.Broken, new RaftTestOptions { Iterations = 50, Workers = 1, OutputFolder = _folder.File("failures"), RegressionFolder = "" }));
        return ScheduleFile.Read(failure.Schedule!);
    }
}
