using System.Text.Json.Nodes;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Assemblies;

/// <summary>The verbs on the scenarios of a user's assembly.</summary>
public sealed class AssemblyCommandTests(CounterProject project) : IClassFixture<CounterProject>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_project_is_built_and_only_its_scenarios_are_listed()
    {
        CommandRun run = CommandRun.Of("list", "--assembly", project.File);
        Assert.Equal((0, $"raft: building {project.File} (Release)\n"), (run.Exit, run.Error));
        Assert.Equal(["scenario", "counter", "counter-forgets"], run.Out.TrimEnd('\n').Split('\n').Select(line => line.Split(' ')[0]));
        Assert.Equal(run.Out, CommandRun.Of("list", "--assembly", project.Folder).Out);
        Assert.Equal(run.Out, CommandRun.Of("list", "--assembly", project.Image).Out);
    }

    [Fact]
    public void A_snapshot_bug_is_found_replayed_shrunk_and_shown_and_the_schedule_names_its_assembly()
    {
        string schedule = Find();
        ScheduleHeader header = ScheduleFile.Read(schedule).Header;
        Assert.Equal(Path.GetRelativePath(Out, project.Image).Replace('\\', '/'), header.Assembly);

        string note = $"raft: note: the schedule names the assembly {project.Image}; this run uses it\n";
        foreach ((string[] option, string error) in new[] { (Array.Empty<string>(), note), (["--assembly", project.Image], "") })
        {
            CommandRun replay = CommandRun.Of(["replay", schedule, .. option]);
            Assert.Equal((2, error), (replay.Exit, replay.Error));
            Assert.Contains($"violated: {header.Property}\n", replay.Out);

            CommandRun shrink = CommandRun.Of(["shrink", schedule, "-o", _folder.File("min.schedule"), .. option]);
            Assert.Equal((0, error), (shrink.Exit, shrink.Error));
            Schedule shrunk = ScheduleFile.Read(_folder.File("min.schedule"));
            Assert.Equal(Path.GetRelativePath(_folder.FullName, project.Image).Replace('\\', '/'), shrunk.Header.Assembly);
            Assert.Equal(2, CommandRun.Of(["replay", _folder.File("min.schedule"), .. option]).Exit);

            CommandRun show = CommandRun.Of(["show", schedule, "-o", _folder.File("page.html"), .. option]);
            Assert.Equal((0, error), (show.Exit, show.Error));
            Assert.Contains("counter-forgets", File.ReadAllText(_folder.File("page.html")));
        }
    }

    [Fact]
    public void The_printed_lines_need_no_assembly_because_the_schedule_names_it()
    {
        CommandRun test = Test("counter-forgets", "--iterations", "200");
        Assert.Contains($" replay {Assert.Single(Directory.GetFiles(Out))}\n", test.Out);
        Assert.DoesNotContain("--assembly", test.Out);
    }

    [Fact]
    public void A_schedule_is_found_again_after_a_move_and_else_says_what_it_looked_for()
    {
        string schedule = Find();
        string moved = Path.Combine(project.Folder, "regressions", "deep", "down");
        Directory.CreateDirectory(moved);
        ScheduleHeader header = ScheduleFile.Read(schedule).Header with { Assembly = "../bin/Release/net10.0/Counter.dll" };
        string file = Path.Combine(moved, "a.schedule");
        ScheduleFile.Write(file, ScheduleFile.Read(schedule) with { Header = header });
        Assert.Equal(2, CommandRun.Of("replay", file).Exit);

        ScheduleFile.Write(file, ScheduleFile.Read(schedule) with { Header = header with { Assembly = "../bin/Gone.dll" } });
        CommandRun gone = CommandRun.Of("replay", file);
        Assert.Equal(
            (1, "", $"raft: {file}, line 1: the scenario 'counter-forgets' belongs to the assembly '../bin/Gone.dll', which is neither there nor, as 'bin/Gone.dll', "
                + "in the folder of the schedule, the current one, or a folder above them; '--assembly FILE' names it\n"),
            (gone.Exit, gone.Out, gone.Error));
    }

    [Fact]
    public void The_event_hash_is_the_same_for_any_number_of_workers_in_shards_and_twice()
    {
        JsonNode one = Runs("--iterations", "40", "--workers", "1", "--self-check");
        JsonNode three = Runs("--iterations", "40", "--workers", "3");
        Assert.Equal((string)one["runs"]![0]!["eventHash"]!, (string)three["runs"]![0]!["eventHash"]!);

        string[] reports = [_folder.File("1.json"), _folder.File("2.json")];
        for (int shard = 1; shard <= 2; shard++)
        {
            File.WriteAllText(reports[shard - 1], Runs("--iterations", "40", "--shard", $"{shard}/2").ToJsonString());
        }

        CommandRun merged = CommandRun.Of(["merge", "--json", .. reports]);
        Assert.Equal(0, merged.Exit);
        Assert.Equal((string)one["runs"]![0]!["eventHash"]!, (string)JsonNode.Parse(merged.Out)!["runs"]![0]!["eventHash"]!);
        Assert.Equal((string)one["build"]!, (string)JsonNode.Parse(merged.Out)!["build"]!);
    }

    [Fact]
    public void Coverage_traces_junit_and_regressions_work_on_an_assembly()
    {
        string schedule = Find();
        CommandRun run = Test(
            "--iterations", "20", "--regressions", Path.GetDirectoryName(schedule)!, "--coverage", _folder.File("coverage.html"), "--tla", _folder.File("tla"),
            "--junit", _folder.File("junit.xml"), "--out", _folder.File("again"));
        Assert.Equal(2, run.Exit);
        Assert.Contains("regressions: 1 schedule replayed: VIOLATIONS in 1\n", run.Out);
        Assert.Contains("counter-forgets", File.ReadAllText(_folder.File("coverage.html")));
        Assert.Contains("counter-forgets", File.ReadAllText(_folder.File("junit.xml")));
        string trace = Directory.GetFiles(_folder.File("tla"), "counter-1-*.ndjson").Order(StringComparer.Ordinal).First();
        Assert.Equal(0, CommandRun.Of("check", "--trace", trace).Exit);

        // Without the assembly, the scenario is unknown.
        CommandRun without = CommandRun.Of("test", "sound-one", "--iterations", "1", "--regressions", Path.GetDirectoryName(schedule)!);
        Assert.Equal(1, without.Exit);
        Assert.Contains("the scenario 'counter-forgets' belongs to the assembly '", without.Error);
    }

    [Fact]
    public void A_schedule_of_another_build_says_what_changed()
    {
        string schedule = Find();
        string copy = _folder.File("copy");
        CounterProject.Write(copy);
        Change(copy, "CounterMachine.cs", "if (forgets)", "if (forgets && lastIncludedIndex == default)");
        string assembly = Path.Combine(copy, "Counter.csproj");
        CommandRun mended = CommandRun.Of("replay", schedule, "--assembly", assembly);
        Assert.Equal(3, mended.Exit);
        Assert.Contains("raft: note: the schedule was written by build ", mended.Error);
        Assert.Contains("raft: the schedule diverged: ", mended.Error);

        Change(copy, "CounterScenarios.cs", "counter-forgets", "counter-forgot");
        CommandRun gone = CommandRun.Of("replay", schedule, "--assembly", assembly);
        Assert.Equal(1, gone.Exit);
        Assert.Contains($"line 1: unknown scenario 'counter-forgets'; did you mean 'counter-forgot'? ('raft list --assembly {assembly}' lists them)\n", gone.Error);

        Change(copy, "CounterScenarios.cs", "counter-forgot", "counter\" + 1 + nothing + \"");
        CommandRun broken = CommandRun.Of("replay", schedule, "--assembly", assembly);
        Assert.Equal(1, broken.Exit);
        Assert.Contains($"raft: {assembly}: does not build: CounterScenarios.cs(", broken.Error);
        Assert.Contains("error CS0103: The name 'nothing' does not exist", broken.Error);
    }

    private static void Change(string folder, string file, string old, string with)
    {
        string path = Path.Combine(folder, file);
        string text = File.ReadAllText(path);
        Assert.Contains(old, text);
        File.WriteAllText(path, text.Replace(old, with, StringComparison.Ordinal));
    }

    private string Find()
    {
        CommandRun test = Test("counter-forgets", "--iterations", "200");
        Assert.True(test.Exit == 2, test.Out + test.Error);
        return Assert.Single(Directory.GetFiles(Out, "counter-forgets-*.schedule"));
    }

    private JsonNode Runs(params string[] args)
    {
        CommandRun run = Test(["counter", "--json", .. args]);
        Assert.True(run.Exit == 0, run.Error);
        return JsonNode.Parse(run.Out)!;
    }

    private CommandRun Test(params string[] args) =>
        CommandRun.Of(["test", "--assembly", project.Image, .. args.Contains("--out") ? args : [.. args, "--out", Out]]);
}
