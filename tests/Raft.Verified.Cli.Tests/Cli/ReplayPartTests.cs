using System.Text.RegularExpressions;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The parts of a replay that the user chooses: steps, a server, and the steps that still match after a change of the code.</summary>
public sealed partial class ReplayPartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _schedule;

    public ReplayPartTests()
    {
        CommandRun.Of("test", "broken", "--iterations", "200", "--seed", "3", "--workers", "1", "--out", _folder.FullName);
        _schedule = Assert.Single(Directory.GetFiles(_folder.FullName));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Steps_from_one_to_another_are_those_of_the_whole_log()
    {
        string[] all = Events(Replay());
        int[] steps = [.. all.Select(StepOf).Where(step => step > 0).Distinct()];
        (int from, int to) = (steps[3], steps[^3]);

        CommandRun part = Replay("--from", $"{from}", "--to", $"{to}");
        Assert.Equal(2, part.Exit);
        Assert.Contains($"This log shows only steps {from} to {to}.\n", part.Out);
        string[] shown = Events(part);
        Assert.Equal((from, to), (StepOf(shown[0]), shown.Select(StepOf).Last(step => step > 0)));
        Assert.Equal(
            TextsOf(all.SkipWhile(line => StepOf(line) != from).TakeWhile(line => StepOf(line) <= to)), TextsOf(shown));

        Assert.Equal(TextsOf(all.SkipWhile(line => StepOf(line) != from)), TextsOf(Events(Replay("--from", $"{from}"))));
        Assert.Equal(TextsOf(all.TakeWhile(line => StepOf(line) <= to)), TextsOf(Events(Replay("--to", $"{to}"))));
        Assert.Contains("violated: S2NeverLeads\n", part.Out);
        Assert.Contains("reproduced: yes, in 77 decisions\n", part.Out);
    }

    [Fact]
    public void A_range_without_events_says_so()
    {
        CommandRun run = Replay("--from", "9000");
        Assert.Equal(2, run.Exit);
        Assert.Contains("This log shows only steps from 9000 on.\n", run.Out);
        Assert.Contains("No event is shown; the schedule has 77 decisions.\n", run.Out);
    }

    [Theory]
    [InlineData("S2")]
    [InlineData("s2")]
    [InlineData("2")]
    public void A_server_is_shown_with_the_messages_to_and_from_it(string name)
    {
        string[] shown = Names(Replay("--server", name, "--columns", "false"));
        string[] all = Names(Replay("--columns", "false"));
        Assert.NotEmpty(shown);
        Assert.Equal(all.Where(line => line.StartsWith("S2 ", StringComparison.Ordinal) || line.Contains("->S2 ", StringComparison.Ordinal) || line.Contains("<-S2 ", StringComparison.Ordinal)), shown);
        Assert.Contains(shown, line => line.StartsWith("S1 ", StringComparison.Ordinal));
        Assert.Contains(all, line => line.StartsWith("S1 ", StringComparison.Ordinal) && !shown.Contains(line));
        Assert.Contains("This log shows only lines of S2 and messages to and from it.\n", Replay("--server", name).Out);
        Assert.Contains("This log shows only steps from 10 on, and only lines of S2 and messages to and from it.\n", Replay("--server", name, "--from", "10").Out);
    }

    [Theory]
    [InlineData("--server is 'S4'; expected one of S1, S2, S3", "--server", "S4")]
    [InlineData("--server is 'leader'; expected one of S1, S2, S3", "--server", "leader")]
    [InlineData("--from is '9' and --to is '8'; expected --from to be at most --to", "--from", "9", "--to", "8")]
    [InlineData("--to is '-1'; expected a whole number of at least 0, the number of a step", "--to", "-1")]
    public void Parts_that_do_not_exist_are_bad_input(string message, params string[] options)
    {
        CommandRun run = Replay(options);
        Assert.Equal((1, "", $"raft: {message}\n"), (run.Exit, run.Out, run.Error));
    }

    [Fact]
    public void After_a_change_of_the_code_the_steps_that_still_match_lead_to_the_violation()
    {
        AddSteps();
        Assert.Equal(3, Replay().Exit);
        CommandRun run = Replay("--tolerant");
        Assert.Equal((2, ""), (run.Exit, run.Error));
        Assert.Contains("# t1 LEADER", run.Out);
        Assert.Contains("violated: S2NeverLeads\n  S2 leads\n  and should not\n", run.Out);
        Match end = Skipped().Match(run.Out);
        Assert.True(end.Success, run.Out[^200..]);
        Assert.InRange(int.Parse(end.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture), 2, 20);
    }

    [Fact]
    public void A_schedule_that_still_matches_is_reproduced_exactly()
    {
        CommandRun run = Replay("--tolerant");
        Assert.Equal((2, ""), (run.Exit, run.Error));
        Assert.Equal(Replay().Out, run.Out);
    }

    [Fact]
    public void Where_the_bug_is_mended_a_tolerant_replay_ends_with_0()
    {
        Scenario mended = MadeUpScenarios.Broken with { Body = async cluster => await cluster.LeaderAsync() };
        CommandRun run = CommandRun.Of([mended], CancellationToken.None, "replay", _schedule, "--tolerant");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        Assert.Contains("property   S2NeverLeads\n", run.Out);
        Assert.Contains("\nviolated: nothing\ntolerant: ", run.Out);
        Assert.Equal(3, CommandRun.Of([mended], CancellationToken.None, "replay", _schedule).Exit);
    }

    [Fact]
    public void Servers_without_events_have_no_column_and_the_log_says_which()
    {
        CommandRun timers = Replay("--topics", "timer");
        string[] acting = [.. Enumerable.Range(1, 3).Select(id => $"S{id}").Where(server => Names(Replay("--topics", "timer", "--columns", "false")).Any(line => line.StartsWith(server, StringComparison.Ordinal)))];
        Assert.InRange(acting.Length, 1, 2);
        Match note = LeftOut().Match(timers.Out);
        Assert.True(note.Success, timers.Out);
        Assert.Equal(["S1", "S2", "S3"], note.Groups[1].Value.Split([", ", " and "], StringSplitOptions.None).Concat(acting).Order());
        string heading = timers.Out.Split('\n').Single(line => line.StartsWith("  step", StringComparison.Ordinal));
        Assert.Equal(["step", "time", .. acting], heading.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("no column", Replay().Out);
    }

    private CommandRun Replay(params string[] options) => CommandRun.Of(["replay", _schedule, .. options]);

    // Two steps of a server that does not exist any more.
    private void AddSteps()
    {
        List<string> lines = [.. File.ReadAllLines(_schedule)];
        lines.Insert(20, """{"step":0,"of":3,"what":"S9 runs server","state":"00000000000000ff"}""");
        lines.Insert(30, """{"step":0,"of":3,"what":"S9 election timer","state":"00000000000000ff"}""");
        lines[^1] = lines[^1].Replace("77", "79", StringComparison.Ordinal);
        File.WriteAllLines(_schedule, lines);
    }

    private static string[] Events(CommandRun run) =>
        [.. run.Out.Split('\n').SkipWhile(line => !line.StartsWith("  step", StringComparison.Ordinal)).Skip(1).TakeWhile(line => line.Length > 0)];

    private static int StepOf(string line) => int.TryParse(line[..6], System.Globalization.CultureInfo.InvariantCulture, out int step) ? step : 0;

    // The lines of the log without their columns, whose widths depend on all lines.
    private static string[] TextsOf(IEnumerable<string> lines) => [.. lines.Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)))];

    // The part of each line that names the server.
    private static string[] Names(CommandRun run) => [.. Events(run).Select(line => line[16..])];

    [GeneratedRegex("tolerant: ([0-9]+) of [0-9]+ steps skipped, because they no longer match; the run has [0-9]+ decisions\n$")]
    private static partial Regex Skipped();

    [GeneratedRegex("(?m)^(S[1-5](?:, S[1-5])*(?: and S[1-5])?) ha(?:s|ve) no events in this log, and no columns?\\.$")]
    private static partial Regex LeftOut();
}
