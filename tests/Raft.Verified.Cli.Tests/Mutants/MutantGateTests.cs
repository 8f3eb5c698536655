using System.Text.Json;
using Raft.Verified.Cli;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Protocol;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Mutants;

/// <summary>Worlds with a bug, and the gate that must find it.</summary>
public sealed class MutantGateTests
{
    // Votes are counted without the voters' identity: the bug of Coyote's own sample.
    private const string VotersForgotten = "W8";

    private static readonly GateOptions Quick = new() { Seeds = 1, Workers = 1, LabRuns = 0, ShrinkTime = TimeSpan.Zero };

    [Fact]
    public void A_mutants_assembly_is_the_same_whenever_it_is_compiled_and_other_than_ours()
    {
        Mutant mutant = Find(VotersForgotten);
        byte[] once = [.. Assert.Single(new MutantCompiler().Compile(mutant)).Image];
        byte[] again = [.. Assert.Single(new MutantCompiler().Compile(mutant)).Image];
        Assert.Equal(once, again);
        Assert.NotEqual(File.ReadAllBytes(typeof(RaftCore).Assembly.Location), once);
    }

    [Fact]
    public void The_gate_finds_a_mutant_and_its_schedule_says_whose_it_is()
    {
        using TemporaryFolder folder = new();
        MutantOutcome outcome = Try(Find(VotersForgotten), Quick with { OutputDirectory = folder.FullName });
        Assert.Equal((MutantVerdict.Found, null), (outcome.Verdict, outcome.Reason));
        Assert.Contains(outcome.First!.Property!, outcome.Mutant.Properties);
        Assert.Equal(VotersForgotten, ScheduleFile.Read(outcome.ScheduleFile!).Header.Mutant);
    }

    [Fact]
    public void The_bug_of_coyotes_sample_is_shrunk_to_thirty_decisions()
    {
        MutantOutcome outcome = Try(Find(VotersForgotten), Quick with { ShrinkTime = TimeSpan.FromMinutes(1) });
        Assert.Equal(["first-election-5"], outcome.Seeds.Select(seed => seed.Scenario));
        Assert.InRange(outcome.Shrunk!.Value, 1, 30);
    }

    [Fact]
    public void A_mutant_that_changes_nothing_survives()
    {
        MutantOutcome outcome = Try(Find(VotersForgotten) with { Edits = [Harmless], Budget = 20 }, Quick);
        Assert.Equal((MutantVerdict.Survived, "seed 1: no violation in 20 schedules"), (outcome.Verdict, outcome.Reason));
    }

    [Fact]
    public void What_an_unexpected_property_finds_is_not_found()
    {
        MutantOutcome outcome = Try(Find(VotersForgotten) with { Properties = ["LogMatching"] }, Quick);
        Assert.Equal(MutantVerdict.Unexpected, outcome.Verdict);
        Assert.EndsWith("; expected LogMatching", outcome.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutant_that_ends_in_an_exception_of_the_gate_is_an_error()
    {
        MutantOutcome outcome = Try(Find(VotersForgotten), Quick with { TimeLimit = TimeSpan.FromMilliseconds(1) });
        Assert.Equal((MutantVerdict.Error, "the trial took longer than 0.001 s"), (outcome.Verdict, outcome.Reason));
    }

    [Fact]
    public void The_lab_suite_alone_catches_what_its_own_checks_see()
    {
        Mutant truncating = Find("S1");
        MutantOutcome outcome = Try(truncating with { LabTests = ["SnapshotBasic3D"] }, Quick with { LabRuns = 1 });
        Assert.Equal(["SnapshotBasic3D"], outcome.LabTests);
    }

    [Fact]
    public void The_command_fails_when_a_mutant_survives_and_says_so_in_json()
    {
        using TemporaryFolder folder = new();
        Mutant mutant = Find(VotersForgotten);
        File.WriteAllText(folder.File("X1.json"), $$"""
            { "id": "X1", "title": "nothing is wrong", "seen": "here", "file": "{{Harmless.File}}", "replace": "{{Harmless.Replace}}", "with": "{{Harmless.With}}",
              "properties": ["ElectionSafety"], "scenarios": ["{{mutant.Scenarios[0]}}"], "budget": 5 }
            """);
        CommandRun run = CommandRun.Of("mutants", "--catalogue", folder.FullName, "--seeds", "2", "--lab-runs", "0", "--no-replay", "--json", "--out", folder.FullName);
        Assert.Equal(2, run.Exit);
        using JsonDocument report = JsonDocument.Parse(run.Out);
        JsonElement only = Assert.Single(report.RootElement.GetProperty("mutants").EnumerateArray());
        Assert.Equal("survived", only.GetProperty("verdict").GetString());
        Assert.Equal((0, 1, false), (report.RootElement.GetProperty("found").GetInt32(), report.RootElement.GetProperty("tried").GetInt32(), report.RootElement.GetProperty("passed").GetBoolean()));
        Assert.Contains("X1: SURVIVED: nothing is wrong", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("raft: unknown mutant 'W9'; did you mean", "mutants", "W9")]
    [InlineData("raft: there is no mutant for 'W40' (", "mutants", "W40")]
    [InlineData("raft: NOWHERE: cannot be read", "mutants", "--from", "NOWHERE")]
    [InlineData("raft: --seeds is '0'; expected", "mutants", "--seeds", "0")]
    public void Bad_input_is_one_line(string error, params string[] args)
    {
        CommandRun run = CommandRun.Of(args);
        Assert.Equal((1, ""), (run.Exit, run.Out));
        Assert.StartsWith(error, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void The_option_for_a_mutant_is_taken_out_of_any_command_line()
    {
        (string? id, string? folder, string[] others) = MutantHost.Split(["test", "--mutant", "W8", "chaos-5", "--from=x", "--seed", "1"]);
        Assert.Equal(("W8", "x"), (id, folder));
        Assert.Equal(["test", "chaos-5", "--seed", "1"], others);
        Assert.Equal((null, 3), (MutantHost.Split(["mutants", "--from", "x"]).Id, MutantHost.Split(["mutants", "--from", "x"]).Others.Length));
        Assert.Equal("x", MutantHost.Split(["test", "--catalogue", "x", "--mutant=W8"]).Folder);
        Assert.Throws<InputException>(() => MutantHost.Split(["test", "--mutant"]));
        Assert.Throws<InputException>(() => MutantHost.Split(["--mutant", "W8", "test", "--mutant=W9"]));
    }

    [Fact]
    public void A_number_after_from_is_a_step_of_a_replay_and_never_a_folder_of_mutants()
    {
        Assert.Equal((null, "replay x --from 10"), Split("replay x --from 10 --mutant W8"));
        Assert.Equal((null, "replay x --from=10 --to 12"), Split("replay x --from=10 --to 12 --mutant W8"));
        Assert.Equal(("bugs", "replay x --from 10"), Split("replay x --from 10 --from bugs --mutant W8"));
        Assert.Equal(("bugs", "replay x --from 10"), Split("replay x --from 10 --catalogue bugs --mutant W8"));
        Assert.Equal(("./10", "replay x"), Split("replay x --from ./10 --mutant W8"));
        Assert.Throws<InputException>(() => MutantHost.Split(["--mutant", "W8", "test", "--from", "a", "--from", "b"]));
        Assert.Throws<InputException>(() => MutantHost.Split(["--mutant", "W8", "test", "--from"]));

        static (string?, string) Split(string line) => MutantHost.Split(line.Split(' ')) is var (_, folder, others) ? (folder, string.Join(' ', others)) : default;
    }

    [Fact]
    public void The_progress_names_the_mutants_that_are_compiled_and_tried()
    {
        using TemporaryFolder folder = new();
        MutantGate? gate = null;
        IReadOnlyList<string> during = [];
        gate = new MutantGate([Find(VotersForgotten)], Quick with
        {
            OutputDirectory = folder.FullName,
            Replay = (_, _, _) =>
            {
                during = gate!.Running;
                return 2;
            },
        });
        gate.Run();
        Assert.Equal(MutantVerdict.Found, Assert.Single(gate.Outcomes).Verdict);
        Assert.Equal([VotersForgotten], during);
        Assert.Equal([], gate.Running);
    }

    private static MutantEdit Harmless { get; } = new("src/Raft.Verified/Protocol/Quorum.cs", "(servers / 2) + 1", "1 + (servers / 2)");

    private static Mutant Find(string id) => MutantCatalogue.Load().Mutants.First(mutant => mutant.Id == id);

    private static MutantOutcome Try(Mutant mutant, GateOptions options)
    {
        MutantGate gate = new([mutant], options);
        gate.Run();
        return Assert.Single(gate.Outcomes);
    }
}
