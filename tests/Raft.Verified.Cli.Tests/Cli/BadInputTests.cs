using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>Bad input is one clear line on standard error, exit 1, and nothing else.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Header =
        """{"format":1,"scenario":"broken","strategy":"random","clock":"timed","seed":1,"iteration":0,"unfairSteps":3000,"build":"0","property":"P","message":"m"}""";

    private const string Step = """{"step":0,"of":1,"what":"scenario runs Start","state":"00000000000000ff"}""";

    private const string End = """{"decisions":1}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("unknown verb 'tets'; did you mean 'test'? ('raft --help' lists the verbs)", "tets")]
    [InlineData("unknown verb 'mutant'; did you mean 'mutants'?", "mutant")]
    [InlineData("unknown verb 'frobnicate'; expected one of list, test, merge, replay, shrink, show, lab, check, linearize, mutants", "frobnicate")]
    [InlineData("unknown option '--frob'", "--frob")]
    [InlineData("unknown option '--frob'", "list", "--frob")]
    [InlineData("unexpected 'broken'", "list", "broken")]
    [InlineData("unknown option '--second'; did you mean '--seconds'?", "test", "--second", "3")]
    [InlineData("unknown option '-q'", "replay", "-q")]
    [InlineData("unknown scenario 'sound-on'; did you mean 'sound-one'?", "test", "sound-on")]
    [InlineData("unknown scenario 'brokne'; did you mean 'broken'?", "test", "sound-one", "brokne")]
    [InlineData("unknown scenario ''", "test", "")]
    [InlineData("no scenario matches 'nothing-*'", "test", "nothing-*")]
    [InlineData("--workers is '0'; expected a whole number from 1", "test", "--workers", "0")]
    [InlineData("--workers is 'many'; expected a whole number from 1", "test", "--workers", "many")]
    [InlineData("--shard is '5/3'; expected i/n with i from 1 to n", "test", "--shard", "5/3")]
    [InlineData("--shard is '0/3'; expected i/n", "test", "--shard", "0/3")]
    [InlineData("--shard is '1'; expected i/n", "test", "--shard", "1")]
    [InlineData("--shard is '1/2' with --strategy dfs, where each schedule depends on the one before", "test", "--shard", "1/2", "--strategy", "dfs")]
    [InlineData("--seconds is '-1'; expected a number of seconds greater than 0", "test", "--seconds", "-1")]
    [InlineData("--seconds is 'NaN'; expected a number of seconds greater than 0", "test", "--seconds", "NaN")]
    [InlineData("--iterations is '0'; expected a whole number of at least 1", "test", "--iterations", "0")]
    [InlineData("--iterations is '99999999999999999999'; expected", "test", "--iterations", "99999999999999999999")]
    [InlineData("--seed is '-1'; expected a whole number from 0", "test", "--seed", "-1")]
    [InlineData("--schedule is '-1'; expected a whole number of at least 0", "test", "broken", "--schedule", "-1")]
    [InlineData("--schedule is given with 5 scenarios; expected the name of one", "test", "--schedule", "1")]
    [InlineData("--schedule is '1' together with --iterations; expected one of them", "test", "broken", "--schedule", "1", "--iterations", "2")]
    [InlineData("--schedule is '1' together with --seconds; expected one of them", "test", "broken", "--schedule", "1", "--seconds", "2")]
    [InlineData("--schedule is '1' together with --shard; expected one of them", "test", "broken", "--schedule", "1", "--shard", "1/2")]
    [InlineData("--schedule is '1' together with --regressions; expected one of them", "test", "broken", "--schedule", "1", "--regressions", ".")]
    [InlineData("--schedule is '1' with --strategy guided, where each schedule depends on those before; expected another strategy", "test", "broken", "--schedule", "1", "--strategy", "guided")]
    [InlineData("--schedule is '1' with --strategy dfs, where each schedule depends on those before; expected another strategy", "test", "broken", "--schedule", "1", "--strategy", "dfs")]
    [InlineData("--keep is given without --schedule; expected the number of the schedule to keep", "test", "broken", "--keep")]
    [InlineData("--from is 'here'; expected a whole number of at least 0, the number of a step", "replay", "x", "--from", "here")]
    [InlineData("--max-steps is '0'; expected a whole number from 1", "test", "--max-steps", "0")]
    [InlineData("--max-steps is '2000000000'; expected a whole number from 1", "test", "--max-steps", "2000000000")]
    [InlineData("--strategy is 'luck'; expected one of portfolio, random", "test", "--strategy", "luck")]
    [InlineData("--out is empty; expected a path", "test", "--out", "")]
    [InlineData("--seed", "test", "--seed")]
    [InlineData("--seed", "test", "--seed", "1", "--seed", "2")]
    [InlineData("--topics has 'votes'; expected one or more of vote,log,commit,snap,timer,msg,client,disk,env", "replay", "x", "--topics", "votes")]
    [InlineData("replay", "replay")]
    [InlineData("merge", "merge")]
    [InlineData("the path of a report is empty; expected a report", "merge", "")]
    [InlineData("missing.json: cannot be read", "merge", "missing.json")]
    [InlineData("the schedule's path is empty", "replay", "")]
    [InlineData("missing.schedule: cannot be read", "replay", "missing.schedule")]
    [InlineData("missing.schedule: cannot be read", "show", "missing.schedule")]
    [InlineData("the schedule's path is empty", "show", "")]
    [InlineData("show", "show")]
    public void Of_the_command_line(string expected, params string[] args) => AssertBadInput(CommandRun.Of(args), expected);

    [Theory]
    [InlineData("the file is empty; expected a schedule's header in line 1", "")]
    [InlineData("line 1: not a JSON object; expected a schedule's header", "This is no schedule.")]
    [InlineData("line 1: found Array; expected a JSON object", "[1]")]
    [InlineData("line 1: \"format\" is missing", "{}")]
    [InlineData("line 1: the schedule has format version 2; this build reads version 1", """{"format":2}""")]
    [InlineData("line 1: not a JSON object", """{"format":1,"scenario":"bro""")]
    [InlineData("line 1: the file is truncated; expected the end line", Header)]
    [InlineData("line 2: the file is truncated; expected the end line", Header, Step)]
    [InlineData("line 2: not a JSON object; expected a decision", Header, """{"step":0,"of":1,"wh""")]
    [InlineData("line 2: the end line states 1 decisions; the file has 0", Header, End)]
    [InlineData("line 4: the end line states 1 decisions; the file has 2", Header, Step, Step, End)]
    public void Of_schedules_that_are_malformed_or_truncated(string expected, params string[] lines) => AssertBadSchedule(expected, lines);

    [Theory]
    [InlineData("line 2: found neither \"step\" nor \"draw\"", """{"jump":1}""")]
    [InlineData("line 2: decision 3 of 2 possibilities; expected 0 to 1", """{"step":3,"of":2,"what":"x","state":"ff"}""")]
    [InlineData("line 2: \"state\" is 'zz'; expected 16 hexadecimal digits", """{"step":0,"of":1,"what":"x","state":"zz"}""")]
    [InlineData("line 2: \"what\" is not a text", """{"step":0,"of":1,"what":7,"state":"ff"}""")]
    public void Of_decisions(string expected, string decision) => AssertBadSchedule(expected, Header, decision, End);

    [Theory]
    [InlineData("line 1: unknown scenario 'brken'; did you mean 'broken'?", "\"broken\"", "\"brken\"")]
    [InlineData("line 1: unknown strategy 'luck'; expected one of random, swarm, pct, pos, delay, dfs", "\"random\"", "\"luck\"")]
    [InlineData("line 1: unknown strategy 'portfolio'; expected one of random, swarm, pct, pos, delay, dfs", "\"random\"", "\"portfolio\"")]
    [InlineData("line 1: \"clock\" is 'sundial'; expected 'timed' or 'untimed'", "\"timed\"", "\"sundial\"")]
    [InlineData("line 1: \"unfairSteps\" is out of bounds; expected 1 to", "3000", "2000000000")]
    public void Of_headers(string expected, string old, string by) =>
        AssertBadSchedule(expected, Header.Replace(old, by, StringComparison.Ordinal), Step, End);

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_noticed_before_the_work()
    {
        string file = _folder.File("taken");
        File.WriteAllText(file, "");
        AssertBadInput(CommandRun.Of("test", "--out", file), "which is a file; expected a folder");
        AssertBadInput(CommandRun.Of("test", "--junit", Path.Combine(file, "junit.xml")), "cannot be written");
        AssertBadInput(CommandRun.Of("replay", _folder.FullName), "cannot be read");
    }

    private void AssertBadSchedule(string expected, params string[] lines)
    {
        string file = _folder.File("bad.schedule");
        File.WriteAllLines(file, lines.Length == 1 && lines[0].Length == 0 ? [] : lines);
        CommandRun run = CommandRun.Of("replay", file);
        AssertBadInput(run, expected);
        Assert.StartsWith($"raft: {file}", run.Error);
    }

    private static void AssertBadInput(CommandRun run, string expected)
    {
        Assert.Equal(1, run.Exit);
        Assert.Empty(run.Out);
        Assert.Contains(expected, run.Error);
        Assert.StartsWith("raft: ", run.Error);
        Assert.Equal(run.Error.Length - Environment.NewLine.Length, run.Error.IndexOf(Environment.NewLine, StringComparison.Ordinal));
    }
}
