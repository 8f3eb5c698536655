using System.Text.Json;
using System.Text.RegularExpressions;
using Raft.Verified.Exploration.Schedules;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft lab</c>: which tests it runs, how it ends, what it prints and keeps.</summary>
public sealed class LabCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Quiet3A", "Quiet3A")]
    [InlineData("Quiet", "Quiet3A QuietToo3A Quiet3B")]
    [InlineData("*3B", "Quiet3B Faulty3B")]
    [InlineData("Quiet3? QuietT", "Quiet3A QuietToo3A Quiet3B")]
    public void Names_beginnings_and_patterns_select_tests_in_the_suites_order(string typed, string expected)
    {
        CommandRun run = Lab(typed.Split(' '));
        Assert.Equal(expected.Split(' '), Rows(run).Select(row => row[0]));
    }

    [Fact]
    public void Tests_that_pass_end_with_0_a_line_each_and_the_published_figures_beside_theirs()
    {
        CommandRun run = Lab("Quiet", "-n", "4", "--workers", "2");
        Assert.Equal((0, ""), (run.Exit, run.Error));
        string[] first = Rows(run)[0];
        Assert.Equal(["Quiet3A", "4", "0"], first[..3]);
        Assert.Equal(["3.5", "58", "16,840", "0", "2024"], first[^5..]);
        Assert.Equal(["-", "-", "-", "-", "-"], Rows(run)[2][^5..]);
        Assert.Matches("3 tests, seed 1, 2 workers, .*: 12 passed, 0 failed\\s*$", run.Out);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.FullName));
    }

    [Fact]
    public void A_test_that_fails_ends_with_2_keeps_each_schedule_and_says_how_to_see_it_again()
    {
        CommandRun run = Lab("Faulty3B", "Quiet3A", "-n", "12", "--workers", "2");
        Assert.Equal(2, run.Exit);
        string[] files = [.. Directory.GetFiles(_folder.FullName).Order(StringComparer.Ordinal)];
        Assert.Equal(files.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Rows(run).Single(row => row[0] == "Faulty3B")[2]);
        Assert.Contains($"Faulty3B: FAILED in {files.Length} of 12 runs\n", run.Out);
        Assert.Contains($": {24 - files.Length} passed, {files.Length} failed", run.Out);
        foreach (string file in files)
        {
            ScheduleHeader header = ScheduleFile.Read(file).Header;
            Assert.Equal(_folder.File($"broken-1-{header.Iteration}.schedule"), file);
            Assert.Contains($"  run {header.Iteration} of 12: S2NeverLeads\n    S2 leads\n    and should not\n    schedule: {file}\n    replay:   raft replay {file}\n", run.Out);
            Assert.Equal(2, CommandRun.Of("replay", file).Exit);
        }
    }

    [Fact]
    public void A_run_is_the_same_one_by_its_number()
    {
        JsonElement all = Json(Lab("Faulty3B", "-n", "12", "--json"));
        long run = all.GetProperty("failed")[1].GetProperty("run").GetInt64();
        JsonElement again = Json(Lab("Faulty3B", "--run", $"{run}", "--json"));
        Assert.Equal(run, Assert.Single(again.GetProperty("failed").EnumerateArray()).GetProperty("run").GetInt64());
        Assert.NotEqual(Json(Lab("Quiet3A", "--run", "0", "--json")).GetProperty("eventHash").GetString(), Json(Lab("Quiet3A", "--run", "1", "--json")).GetProperty("eventHash").GetString());
    }

    [Fact]
    public void Beyond_ten_failures_of_a_test_their_numbers_are_kept()
    {
        CommandRun run = Lab("Hopeless3C", "-n", "12", "--workers", "1");
        Assert.Equal(10, Directory.GetFiles(_folder.FullName).Length);
        Assert.Contains("Hopeless3C: FAILED in 12 of 12 runs", run.Out);
        Assert.Contains("  and in the runs 10, 11\n", run.Out);
    }

    [Fact]
    public void Json_says_the_same_to_programs()
    {
        CommandRun run = Lab("Quiet3A", "Faulty3B", "-n", "5", "--seed", "7", "--json");
        using JsonDocument report = JsonDocument.Parse(run.Out);
        Assert.Equal(7, report.RootElement.GetProperty("seed").GetInt32());
        Assert.Equal(10, report.RootElement.GetProperty("passed").GetInt32() + report.RootElement.GetProperty("failed").GetInt32());
        JsonElement quiet = report.RootElement.GetProperty("tests")[0];
        Assert.Equal(("Quiet3A", "sound-one", 3, 5), (
            quiet.GetProperty("test").GetString(), quiet.GetProperty("scenario").GetString(), quiet.GetProperty("servers").GetInt32(), quiet.GetProperty("runs").GetInt32()));
        Assert.Equal(58, quiet.GetProperty("published").GetProperty("requests").GetDouble());
        Assert.True(quiet.GetProperty("average").GetProperty("simulatedSeconds").GetDouble() > 0);
    }

    [Fact]
    public void An_interrupt_ends_the_run_with_the_report_so_far()
    {
        using CancellationTokenSource interrupt = new();
        interrupt.Cancel();
        CommandRun run = CommandRun.Of(MadeUpScenarios.All, interrupt.Token, "lab", "Quiet3A", "-n", "1000", "--out", _folder.FullName);
        Assert.Equal(130, run.Exit);
        Assert.Contains("interrupted; 1 test, ", run.Out);
    }

    [Fact]
    public void A_terminal_shows_a_table_that_fits()
    {
        CommandRun run = CommandRun.OnTerminal(60, "lab", "Quiet", "-n", "3", "--out", _folder.FullName);
        string table = Regex.Replace(run.Out, "\e\\[[0-9;?]*[a-zA-Z]", "");
        Assert.Matches("test +runs +failed +real ms +time s +RPCs +bytes +ops *\\n", table);
        Assert.Contains("Left out at this width: peers, published: s, RPCs, bytes, ops, in.", string.Join(' ', TerminalText.Words(table)));
        Assert.Matches("Quiet3A +3 +0 ", table);
    }

    [Theory]
    [InlineData("unknown lab test 'Qiuet3A'; did you mean 'Quiet3A'", "Qiuet3A")]
    [InlineData("no lab test matches '*9Z'", "*9Z")]
    [InlineData("unknown lab test ''", "")]
    [InlineData("-n is '0'; expected a whole number from 1", "-n", "0")]
    [InlineData("--run is '-1'; expected a whole number from 0", "--run", "-1")]
    [InlineData("unknown option '--topic'", "--topic")]
    public void Bad_input_is_one_line_and_1(string expected, params string[] args)
    {
        CommandRun run = CommandRun.Of(["lab", .. args]);
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.StartsWith($"raft: {expected}", run.Error);
        Assert.Single(run.Error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Lab_tests_are_scenarios_found_by_name_and_by_patterns_that_fit_no_listed_one()
    {
        Assert.Equal(0, CommandRun.Of("test", "lab-quiet", "--iterations", "1").Exit);
        Assert.Contains("1 scenario, 2 schedules", CommandRun.Of("test", "lab-*", "--iterations", "2").Out);
        Assert.DoesNotContain("sound-quiet", CommandRun.Of("test", "sound-*", "--iterations", "1").Out);
        Assert.DoesNotContain("quiet", CommandRun.Of("list").Out);
        Assert.Contains("did you mean 'lab-quiet'", CommandRun.Of("test", "lab-qiuet").Error);
    }

    private CommandRun Lab(params string[] args) => CommandRun.Of(["lab", .. args, "--out", _folder.FullName]);

    private static JsonElement Json(CommandRun run) => JsonDocument.Parse(run.Out).RootElement.GetProperty("tests")[0];

    // The lines of the summary, without the heading.
    private static string[][] Rows(CommandRun run) =>
    [
        .. run.Out.Split('\n').TakeWhile(line => line.Trim().Length > 0).Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)),
    ];
}
