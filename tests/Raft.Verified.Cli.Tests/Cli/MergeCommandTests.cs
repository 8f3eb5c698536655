using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary><c>raft merge</c>: the reports of shards together are the report of one run.</summary>
public sealed class MergeCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Shards_together_are_what_one_run_is(int shards)
    {
        string[] what = ["sound-one", "sound-unreached", "--iterations", "50", "--seed", "7"];
        CommandRun whole = Test([.. what, "--json"]);
        CommandRun merged = CommandRun.Of(["merge", "--json", .. Shards(shards, what).Reverse()]);
        Assert.Equal((0, ""), (merged.Exit, merged.Error));
        Assert.Equal(WithoutTimes(whole.Out), WithoutTimes(merged.Out));
    }

    [Fact]
    public void The_lowest_schedule_that_violates_a_property_is_that_of_one_run()
    {
        string[] what = ["broken", "--iterations", "200", "--seed", "3"];
        JsonNode alone = JsonNode.Parse(Test([.. what, "--json"]).Out)!["runs"]![0]!["violations"]![0]!;
        string[] reports = Shards(3, what);
        CommandRun merged = CommandRun.Of(["merge", "--json", .. reports]);
        JsonArray violations = JsonNode.Parse(merged.Out)!["runs"]![0]!["violations"]!.AsArray();
        long[] iterations = [.. violations.Select(violation => (long)violation!["iteration"]!)];
        Assert.Equal(2, merged.Exit);
        Assert.Equal(alone.ToJsonString(), violations[0]!.ToJsonString());
        Assert.Equal(iterations.Order(), iterations);
        Assert.Equal(3, iterations.Select(iteration => iteration % 3).Distinct().Count());

        CommandRun text = CommandRun.Of(["merge", .. reports]);
        Assert.Equal(2, text.Exit);
        Assert.Equal(3, text.Out.Split("broken: VIOLATION of S2NeverLeads\n").Length - 1);
        Assert.Contains("replay:   raft replay ", text.Out);
        Assert.Contains("1 scenario, ", text.Out);
        Assert.Contains("3 violations found", text.Out);
    }

    [Fact]
    public void A_goal_that_no_shard_reached_fails_the_merged_run_and_no_shard()
    {
        string[] reports = Shards(2, "sound-unreached", "sound-one", "--seconds", "0.2");
        string junit = _folder.File("merged.xml");
        CommandRun merged = CommandRun.Of(["merge", .. reports, "--junit", junit]);
        Assert.Equal(2, merged.Exit);
        Assert.Contains("sound-unreached: GOALS NEVER REACHED in ", merged.Out);
        Assert.Equal("1", (string?)XDocument.Load(junit).Root!.Attribute("failures"));
    }

    [Fact]
    public void A_goal_that_one_shard_reached_is_reached()
    {
        string[] reports = Shards(2, "sound-one", "--seconds", "0.2");
        Change(reports[1], report => report["runs"]![0]!["goals"]!["a leader is elected"] = 0);
        Assert.Equal(0, CommandRun.Of(["merge", .. reports]).Exit);
        Change(reports[0], report => report["runs"]![0]!["goals"]!["a leader is elected"] = 0);
        Assert.Equal(2, CommandRun.Of(["merge", .. reports]).Exit);
    }

    [Fact]
    public void A_shard_that_is_not_deterministic_makes_the_run_so()
    {
        string[] reports = Shards(2, "erratic", "broken", "--iterations", "200", "--self-check");
        Assert.Equal(3, CommandRun.Of(["merge", .. reports]).Exit);
    }

    [Fact]
    public void A_merged_report_is_a_report()
    {
        string merged = _folder.File("merged.json");
        File.WriteAllText(merged, CommandRun.Of(["merge", "--json", .. Shards(2, "sound-one", "--iterations", "9")]).Out);
        Assert.Equal(File.ReadAllText(merged), CommandRun.Of("merge", "--json", merged).Out);
    }

    [Fact]
    public void A_run_with_an_interrupted_shard_is_no_success()
    {
        string[] reports = Shards(2, "sound-one", "sound-quiet", "--iterations", "4");
        Change(reports[1], report =>
        {
            report["interrupted"] = true;
            report["notRun"]!.AsArray().Add("sound-quiet");
            report["runs"]!.AsArray().RemoveAt(1);
        });
        CommandRun merged = CommandRun.Of(["merge", .. reports]);
        Assert.Equal(130, merged.Exit);
        Assert.Contains("interrupted; 2 of 2 scenarios, 6 schedules", merged.Out);
    }

    [Theory]
    [InlineData("1.json: its seed is 8; expected 1, as in ", "settings", "seed", "8")]
    [InlineData("1.json: its strategy is luck; expected portfolio", "settings", "strategy", "\"luck\"")]
    [InlineData("1.json: its number of iterations is not set; expected 4", "settings", "iterations", "null")]
    [InlineData("1.json: its number of steps is 9; expected none", "settings", "maxSteps", "9")]
    [InlineData("1.json: its build is abc; expected ", "build", "", "\"abc\"")]
    [InlineData("1.json: its number of shards is 3; expected 2", "shards", "", "3")]
    [InlineData("1.json: is shard 1 of 2, and so is ", "shard", "", "1")]
    [InlineData("1.json: its shard is 3 of 2; expected a report", "shard", "", "3")]
    [InlineData("1.json: \"shard\" is a String, not a Number; expected a report", "shard", "", "\"1\"")]
    [InlineData("1.json: \"runs\" is missing; expected a report of 'raft test --json'", "runs", "", "null")]
    [InlineData("1.json: scenario 'sound-one' is missing; expected the scenarios of ", "runs", "", "[]")]
    [InlineData("1.json: has scenario 'more'; expected the scenarios of ", "notRun", "", "[\"more\"]")]
    public void Reports_that_do_not_belong_together_are_refused(string expected, string name, string inner, string value)
    {
        string[] reports = Shards(2, "sound-one", "--iterations", "4");
        Change(reports[1], report =>
        {
            JsonNode holder = inner.Length == 0 ? report : report[name]!;
            holder[inner.Length == 0 ? name : inner] = JsonNode.Parse(value);
        });
        AssertRefused(expected, reports);
    }

    [Fact]
    public void Shards_that_are_missing_or_unreadable_are_named()
    {
        string[] reports = Shards(4, "sound-one", "--iterations", "4");
        AssertRefused($"shard 3 of 4 is missing; found 1 ({reports[0]}), 2 ({reports[1]}), 4 ({reports[3]}), expected one report per shard", reports[0], reports[3], reports[1]);
        AssertRefused("shards 2, 3, 4 of 4 are missing", reports[0]);
        AssertRefused("nowhere.json: cannot be read", reports[0], _folder.File("nowhere.json"));
        File.WriteAllText(reports[2], File.ReadAllText(reports[2])[..60]);
        AssertRefused("2.json, line ", reports);
        File.WriteAllText(reports[2], "");
        AssertRefused("2.json, line 1: not JSON, or incomplete; expected a report of 'raft test --json'", reports);
        File.WriteAllText(reports[2], "[]");
        AssertRefused("2.json: found a Array instead of an object; expected a report", reports);
    }

    // The report of each shard, in a file named after its index.
    private string[] Shards(int count, params string[] what)
    {
        List<string> files = [];
        for (int shard = 1; shard <= count; shard++)
        {
            CommandRun run = Test([.. what, "--shard", $"{shard}/{count}", "--json"]);
            string file = _folder.File($"{shard - 1}.json");
            File.WriteAllText(file, run.Out);
            files.Add(file);
            Assert.Equal((int)JsonNode.Parse(run.Out)!["exitStatus"]!, run.Exit);
            Assert.True(run.Exit == 0 || !what[0].StartsWith("sound", StringComparison.Ordinal), run.Out);
        }

        return [.. files];
    }

    private CommandRun Test(params string[] args) => CommandRun.Of(["test", .. args, "--workers", "1", "--out", _folder.File("out")]);

    private static void Change(string file, Action<JsonNode> change)
    {
        JsonNode report = JsonNode.Parse(File.ReadAllText(file))!;
        change(report);
        File.WriteAllText(file, report.ToJsonString());
    }

    private static string WithoutTimes(string report)
    {
        JsonNode root = JsonNode.Parse(report)!;
        foreach (JsonNode? timed in root["runs"]!.AsArray().Append(root))
        {
            foreach (string name in new[] { "seconds", "decisionsPerSecond", "schedulesPerSecond", "workers" })
            {
                timed!.AsObject().Remove(name);
            }
        }

        return root.ToJsonString(new JsonSerializerOptions { WriteIndented = true });
    }

    private static void AssertRefused(string expected, params string[] reports)
    {
        CommandRun run = CommandRun.Of(["merge", "--json", .. reports]);
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.Contains(expected, run.Error);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
