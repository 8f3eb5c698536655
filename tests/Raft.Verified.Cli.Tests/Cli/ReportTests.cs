using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The reports for programs: the JSON object and the JUnit file.</summary>
public sealed class ReportTests : IDisposable
{
    private static readonly string[] RunFields =
    [
        "scenario", "strategy", "seed", "iterations", "decisions", "seconds", "decisionsPerSecond", "schedulesPerSecond", "workers", "eventHash",
        "goals", "violations",
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Json_is_one_object_alone_on_standard_output()
    {
        CommandRun run = Test("sound-one", "broken", "--iterations", "200", "--workers", "2", "--seed", "7", "--json");
        using JsonDocument document = JsonDocument.Parse(run.Out);
        JsonElement root = document.RootElement;
        Assert.Equal(2, run.Exit);
        Assert.Matches("^[0-9a-f]{16}$", root.GetProperty("build").GetString());
        JsonElement[] runs = [.. root.GetProperty("runs").EnumerateArray()];
        Assert.Equal(2, runs.Length);
        Assert.All(runs, one => Assert.Equal(RunFields, one.EnumerateObject().Select(field => field.Name)));
        Assert.Equal("sound-one", runs[0].GetProperty("scenario").GetString());
        Assert.Equal("portfolio", runs[0].GetProperty("strategy").GetString());
        Assert.Equal(7UL, runs[0].GetProperty("seed").GetUInt64());
        Assert.Equal(200, runs[0].GetProperty("iterations").GetInt64());
        Assert.Equal(2, runs[0].GetProperty("workers").GetInt32());
        Assert.True(runs[0].GetProperty("decisionsPerSecond").GetDouble() > 0);
        Assert.Equal(200, runs[0].GetProperty("goals").GetProperty("a leader is elected").GetInt64());
        Assert.Empty(runs[0].GetProperty("violations").EnumerateArray());
        JsonElement violation = Assert.Single(runs[1].GetProperty("violations").EnumerateArray());
        Assert.Equal(["property", "message", "iteration", "schedule", "strategy", "clock", "decisions"], violation.EnumerateObject().Select(field => field.Name));
        Assert.Equal("S2NeverLeads", violation.GetProperty("property").GetString());
        Assert.True(File.Exists(violation.GetProperty("schedule").GetString()));
    }

    [Fact]
    public void With_json_the_progress_goes_to_standard_error()
    {
        CommandRun run = Test("sound-one", "--iterations", "5", "--json");
        Assert.StartsWith("{", run.Out);
        Assert.Contains("sound-one ", run.Error);
        Assert.Contains("nothing found", run.Error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_hash_with_any_number_of_workers()
    {
        Assert.Equal(Hash("1", "5"), Hash("2", "5"));
        Assert.NotEqual(Hash("1", "5"), Hash("1", "6"));
    }

    [Fact]
    public void JUnit_has_a_test_case_a_scenario()
    {
        string file = _folder.File("reports/junit.xml");
        CommandRun run = Test("sound-one", "hopeless", "sound-unreached", "--seconds", "0.3", "--junit", file);
        XElement suite = Assert.Single(XDocument.Load(file).Root!.Elements("testsuite"));
        Assert.Equal(2, run.Exit);
        Assert.Equal("testsuites", suite.Parent!.Name.LocalName);
        Assert.Equal(("3", "2", "0"), ((string?)suite.Attribute("tests"), (string?)suite.Attribute("failures"), (string?)suite.Attribute("errors")));
        XElement[] cases = [.. suite.Elements("testcase")];
        Assert.Equal(["sound-one", "hopeless", "sound-unreached"], cases.Select(one => (string?)one.Attribute("name")));
        Assert.All(cases, one => Assert.True((double)one.Attribute("time")! >= 0));
        Assert.Empty(cases[0].Elements("failure"));
        XElement violation = Assert.Single(cases[1].Elements("failure"));
        Assert.Equal("NobodyEverLeads", (string?)violation.Attribute("type"));
        Assert.Equal("NobodyEverLeads: somebody leads", (string?)violation.Attribute("message"));
        Assert.Contains("schedule: " + _folder.FullName, violation.Value);
        Assert.Equal("never reached: pigs fly", (string?)Assert.Single(cases[2].Elements("failure")).Attribute("message"));
        Assert.Contains("goal: pigs fly: 0", cases[2].Element("system-out")!.Value);
    }

    [Fact]
    public void JUnit_fails_only_what_the_exit_status_fails()
    {
        string file = _folder.File("junit.xml");
        CommandRun run = Test("sound-unreached", "--iterations", "3", "--junit", file);
        Assert.Equal(0, run.Exit);
        Assert.Equal("0", (string?)XDocument.Load(file).Root!.Attribute("failures"));
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites ", File.ReadAllText(file));
    }

    [Fact]
    public void List_gives_every_scenario_for_people_and_for_programs()
    {
        CommandRun lines = CommandRun.Of("list");
        Assert.Equal(0, lines.Exit);
        Assert.Equal(
            """
            scenario         servers  clocks  goals  faults  looks for
            sound-one              3  timed       1  none    nothing in particular
            broken                 3  timed       1  none    nothing in particular
            hopeless               3  timed       1  none    nothing in particular
            sound-unreached        3  timed       1  none    nothing in particular
            erratic                3  timed       1  none    nothing in particular

            """,
            lines.Out.ReplaceLineEndings("\n"));
        using JsonDocument document = JsonDocument.Parse(CommandRun.Of("list", "--json").Out);
        JsonElement scenario = document.RootElement.GetProperty("scenarios")[3];
        Assert.Equal("sound-unreached", scenario.GetProperty("name").GetString());
        Assert.Equal(3, scenario.GetProperty("servers").GetInt32());
        Assert.Equal("timed", Assert.Single(scenario.GetProperty("clocks").EnumerateArray()).GetString());
        Assert.Equal("pigs fly", Assert.Single(scenario.GetProperty("goals").EnumerateArray()).GetString());
        Assert.Contains("sound-unreached", CommandRun.OnTerminal(100, "list").Out);
    }

    private string Hash(string workers, string seed)
    {
        using JsonDocument document = JsonDocument.Parse(Test("sound-one", "--iterations", "50", "--workers", workers, "--seed", seed, "--json").Out);
        return document.RootElement.GetProperty("runs")[0].GetProperty("eventHash").GetString()!;
    }

    private CommandRun Test(params string[] args) => CommandRun.Of(["test", .. args, "--out", _folder.FullName]);
}
