using Raft.Verified.Tests.Cli;
using Xunit;
using static VerifyXunit.Verifier;

namespace Raft.Verified.Tests.Golden;

/// <summary>A schedule that violates a made-up property: the file, and the log of its replay.</summary>
public sealed class ScheduleTests : IDisposable
{
    private const int FirstLines = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly string _schedule;

    public ScheduleTests()
    {
        CommandRun.Of(
            "test", "hopeless", "--strategy", "random", "--iterations", "1", "--seed", "1", "--workers", "1", "--out", _folder.FullName);
        _schedule = Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_replay_reads_like_this() => await Verify(Replay());

    [Fact]
    public async Task Chosen_topics_in_columns_read_like_this() => await Verify(Replay("--topics", "vote,timer", "--columns"));

    [Fact]
    public async Task Chosen_topics_without_columns_read_like_this() => await Verify(Replay("--topics", "vote,log,client,env", "--columns", "false"));

    [Fact]
    public async Task A_schedule_file_looks_like_this()
    {
        string[] lines = File.ReadAllLines(_schedule);
        string[] shown = [.. lines.Take(FirstLines), $"({lines.Length - FirstLines - 1} decisions more)", lines[^1]];
        await Verify(Scrubbed.Report(string.Join('\n', shown), _folder.FullName));
    }

    private string Replay(params string[] options)
    {
        CommandRun run = CommandRun.Of(["replay", _schedule, .. options]);
        Assert.Equal((2, ""), (run.Exit, run.Error));
        return Scrubbed.Lines(run.Out);
    }
}
