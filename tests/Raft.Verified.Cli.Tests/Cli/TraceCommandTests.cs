using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft test --tla</c> and <c>raft replay --tla</c> write traces, and <c>raft check --trace</c> validates them.</summary>
public sealed class TraceCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Traces_of_the_first_schedules_are_written_and_accepted()
    {
        CommandRun test = CommandRun.Of("test", "sound-one", "--iterations", "3", "--seed", "4", "--tla", _folder.File("traces"));
        string[] traces = [.. Directory.GetFiles(_folder.File("traces")).Order(StringComparer.Ordinal)];
        CommandRun check = CommandRun.Of(["check", "--trace", .. traces]);

        Assert.Contains($"{_folder.File("traces")}: 3 traces\n", test.Out);
        Assert.Equal(["sound-one-4-0.ndjson", "sound-one-4-1.ndjson", "sound-one-4-2.ndjson"], traces.Select(Path.GetFileName));
        Assert.Equal(0, check.Exit);
        Assert.Empty(check.Error);
        Assert.Matches(@"sound-one-4-0\.ndjson: accepted, \d+ lines\n", check.Out);
        Assert.Matches(@"\n +\d+  Receive RequestVote\n", check.Out);
    }

    [Fact]
    public void The_schedule_of_a_violation_has_a_trace_and_its_replay_the_same_one()
    {
        CommandRun.Of("test", "broken", "--iterations", "200", "--seed", "3", "--workers", "1", "--out", _folder.File("out"), "--tla", _folder.File("traces"));
        string schedule = Assert.Single(Directory.GetFiles(_folder.File("out")));
        string trace = Path.Combine(_folder.File("traces"), Path.ChangeExtension(Path.GetFileName(schedule), ".ndjson"));

        CommandRun replay = CommandRun.Of("replay", schedule, "--tla", _folder.File("again.ndjson"));

        Assert.Equal(2, replay.Exit);
        Assert.Equal(File.ReadAllText(trace), File.ReadAllText(_folder.File("again.ndjson")));
        Assert.Equal(CommandRun.Of("replay", schedule), replay);
        Assert.Equal(0, CommandRun.Of("check", "--trace", trace).Exit);
    }

    [Fact]
    public void A_trace_that_is_not_what_the_core_does_ends_with_2_and_names_line_field_and_what_was_expected()
    {
        CommandRun.Of("test", "sound-one", "--iterations", "1", "--tla", _folder.FullName);
        string file = Assert.Single(Directory.GetFiles(_folder.FullName));
        string[] lines = File.ReadAllLines(file);
        int vote = Array.FindIndex(lines, line => line.Contains("\"action\":\"ElectionTimeout\"", StringComparison.Ordinal));
        lines[vote] = lines[vote].Replace("\"role\":\"candidate\"", "\"role\":\"leader\"", StringComparison.Ordinal);
        File.WriteAllLines(file, lines);

        CommandRun check = CommandRun.Of("check", "--trace", file);
        CommandRun json = CommandRun.Of("check", "--trace", file, "--json");

        Assert.Equal(2, check.Exit);
        Assert.Contains($"{file}: rejected at line {vote + 1}: state.role is \"leader\"; expected \"candidate\"\n", check.Out);
        Assert.Equal(2, json.Exit);
        Assert.Contains($"\"rejectedAt\": {vote + 1},", json.Out);
    }

    [Theory]
    [InlineData("check --trace none.ndjson", "none.ndjson: cannot be read: ")]
    [InlineData("check elections --trace none.ndjson", "the model 'elections' is named together with --trace; expected either traces or models")]
    [InlineData("test sound-one --iterations 1 --strategy dfs --tla x", "--tla is 'x' with --strategy dfs, where each schedule depends on those before; expected no --tla")]
    [InlineData("test sound-one --iterations 1 --tla raft.runtimeconfig.json/x", "cannot be written")]
    public void Bad_input_is_one_line(string command, string expected)
    {
        CommandRun run = CommandRun.Of(command.Split(' '));

        Assert.Equal(1, run.Exit);
        Assert.Contains(expected, run.Error);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
    }
}
