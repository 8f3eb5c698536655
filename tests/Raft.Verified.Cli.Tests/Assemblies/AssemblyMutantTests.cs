using System.Text.Json.Nodes;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Assemblies;

/// <summary>Mutants of a user's sources.</summary>
public sealed class AssemblyMutantTests(CounterProject project) : IClassFixture<CounterProject>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_mutant_of_the_sources_is_found_and_its_schedule_seeds_it_again()
    {
        string launcher = RaftProcess.WriteLauncher(_folder);
        string before = Snapshot();
        CommandRun found = await RaftProcess.RunAsync(
            launcher, ["test", "counter", "--assembly", project.Image, "--mutant", "N1", "--catalogue", project.Mutants, "--iterations", "200", "--out", _folder.File("out")]);
        Assert.True(found.Exit == 2, found.Out + found.Error);
        Assert.Contains("raft: building ", found.Error);
        Assert.Contains(" with mutant N1\n", found.Error);

        string schedule = Assert.Single(Directory.GetFiles(_folder.File("out"), "*.schedule"));
        ScheduleHeader header = ScheduleFile.Read(schedule).Header;
        Assert.Equal(("counter", "N1", project.Mutants), (header.Scenario, header.Mutant, header.MutantFolder));
        Assert.Contains($" replay {schedule} --mutant N1 --catalogue '{project.Mutants}'\n", found.Out);

        CommandRun replayed = CommandRun.Of("replay", schedule);
        Assert.True(replayed.Exit == 2, replayed.Out + replayed.Error);
        Assert.StartsWith("raft: note: the schedule was recorded with mutant N1; this run has it, too\n", replayed.Error);
        CommandRun printed = await RaftProcess.RunAsync(launcher, ["replay", schedule, "--mutant", "N1", "--catalogue", project.Mutants]);
        Assert.True(printed.Exit == 2, printed.Out + printed.Error);

        // The build with the mutant leaves the user's files alone.
        Assert.Equal(before, Snapshot());
    }

    [Fact]
    public void The_gate_finds_the_mutant_of_the_sources()
    {
        CommandRun run = CommandRun.Of(
            "mutants", "--assembly", project.File, "--catalogue", project.Mutants, "--seeds", "2", "--workers", "1", "--json", "--out", _folder.FullName);
        Assert.True(run.Exit == 0, run.Out + run.Error);
        JsonNode report = JsonNode.Parse(run.Out)!;
        Assert.Equal((1, true), ((int)report["found"]!, (bool)report["passed"]!));
        Assert.Equal("N1", ScheduleFile.Read(_folder.File("N1.schedule")).Header.Mutant);
        Assert.Equal(2, CommandRun.Of("replay", _folder.File("N1.schedule")).Exit);
    }

    [Fact]
    public void A_mutant_may_be_in_a_project_that_the_scenarios_refer_to()
    {
        string machine = _folder.File("Machine");
        string scenarios = _folder.File("Scenarios");
        CounterProject.Write(machine);
        Directory.CreateDirectory(scenarios);
        File.Move(Path.Combine(machine, "CounterScenarios.cs"), Path.Combine(scenarios, "CounterScenarios.cs"));
        string file = Path.Combine(scenarios, "Scenarios.csproj");
        File.WriteAllText(file, File.ReadAllText(Path.Combine(machine, "Counter.csproj"))
            .Replace("<ItemGroup>", "<ItemGroup><ProjectReference Include=\"../Machine/Counter.csproj\" />", StringComparison.Ordinal));

        CommandRun run = CommandRun.Of(
            "mutants", "--assembly", file, "--from", Bugs(("CounterState.cs", "../Machine/CounterState.cs")), "--seeds", "1", "--shrink-seconds", "0", "--out", _folder.File("out"));
        Assert.True(run.Exit == 0, run.Out + run.Error);
        Assert.Equal("../Scenarios/Scenarios.csproj", ScheduleFile.Read(_folder.File("out/N1.schedule")).Header.Assembly);
    }

    [Fact]
    public void A_mutant_that_does_not_fit_is_one_line()
    {
        AssertBad("\"file\": \"Gone.cs\"", "N1: Gone.cs cannot be read: ", ("CounterState.cs", "Gone.cs"));
        AssertBad("in no file", "N1: CounterState.cs: the text to replace ('in no file' ...) does not occur; expected exactly once", ("_commands = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);", "in no file"));
        AssertBad("no scenario", "N1: unknown scenario 'countr' ('raft list --assembly ", ("\"counter\"", "\"countr\""));
        AssertBad("no lab", "N1: \"labTests\" has 'Backup3B'; the lab tests do not run the code of ", ("\"budget\"", "\"labTests\": [\"Backup3B\"], \"budget\""));
        AssertBad("library", "N1: 'src/Raft.Verified/Protocol/Quorum.cs' is a file of the library; expected a source file of ", ("CounterState.cs", "src/Raft.Verified/Protocol/Quorum.cs"));
        CommandRun without = CommandRun.Of("mutants", "--assembly", project.Image);
        Assert.Equal((1, $"raft: --assembly is '{project.Image}' without --catalogue; expected the folder with the mutants of this assembly\n"), (without.Exit, without.Error));
    }

    [Fact]
    public async Task A_mutant_that_does_not_compile_or_has_no_assembly_is_one_line()
    {
        string launcher = RaftProcess.WriteLauncher(_folder);
        string bugs = Bugs(("int unused;", "int unused = nothing;"));
        CommandRun run = await RaftProcess.RunAsync(launcher, ["test", "counter", "--assembly", project.Image, "--mutant", "N1", "--catalogue", bugs]);
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.Contains("raft: N1: the mutant does not compile: ", run.Error);
        Assert.Contains("error CS0103: The name 'nothing' does not exist", run.Error);

        CommandRun none = await RaftProcess.RunAsync(launcher, ["test", "counter", "--mutant", "N1", "--catalogue", bugs]);
        Assert.Equal(
            (1, "", "raft: mutant N1 changes 'CounterState.cs', which is no source file of the library; expected --assembly with the assembly or project that it belongs to\n"),
            (none.Exit, none.Out, none.Error));
        CommandRun lab = await RaftProcess.RunAsync(launcher, ["lab", "--mutant", "N1", "--catalogue", bugs]);
        Assert.Contains("and 'raft lab' runs no other code; expected one of list, test, replay, shrink, show\n", lab.Error);
    }

    [Fact]
    public async Task A_mutant_of_the_library_runs_under_the_scenarios_of_an_assembly()
    {
        CommandRun run = await RaftProcess.RunAsync(
            RaftProcess.WriteLauncher(_folder), ["test", "counter", "--assembly", project.Image, "--mutant", "A104", "--iterations", "100", "--out", _folder.File("out")]);
        Assert.True(run.Exit == 2, run.Out + run.Error);
        string schedule = Assert.Single(Directory.GetFiles(_folder.File("out"), "*.schedule"));
        Assert.Equal("A104", ScheduleFile.Read(schedule).Header.Mutant);
        CommandRun replayed = await RaftProcess.RunAsync(RaftProcess.WriteLauncher(_folder), ["replay", schedule]);
        Assert.True(replayed.Exit == 2, replayed.Out + replayed.Error);
    }

    private void AssertBad(string what, string error, params (string Old, string New)[] changes)
    {
        CommandRun run = CommandRun.Of("mutants", "--assembly", project.Image, "--catalogue", Bugs(changes));
        Assert.True((run.Exit, run.Out) == (1, ""), what + run.Out + run.Error);
        Assert.StartsWith($"raft: {error}", run.Error.TrimEnd('\n').Split('\n')[^1]);
    }

    // The mutant with changes, in a folder of its own.
    private string Bugs(params (string Old, string New)[] changes)
    {
        string text = File.ReadAllText(Path.Combine(project.Mutants, "N1.json"));
        foreach ((string old, string @new) in changes)
        {
            Assert.Contains(old, text);
            text = text.Replace(old, @new, StringComparison.Ordinal);
        }

        string folder = _folder.File("bugs");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "N1.json"), text);
        return folder;
    }

    // The files of the project with their contents and times, after its own build.
    private string Snapshot() => string.Join('\n', Directory.GetFiles(Path.GetDirectoryName(project.Image)!)
        .Concat(Directory.GetFiles(project.Folder, "*.cs")).Order(StringComparer.Ordinal).Select(file => $"{file} {File.GetLastWriteTimeUtc(file):O} {new FileInfo(file).Length}"));
}
