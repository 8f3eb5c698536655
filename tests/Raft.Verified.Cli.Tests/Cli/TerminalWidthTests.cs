using Raft.Verified.Cli.Commands;
using Raft.Verified.Cli.Output;
using Raft.Verified.Cli.Output.Lab;
using Raft.Verified.Cli.Output.Mutants;
using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Scenarios;
using Xunit;

namespace Raft.Verified.Tests.Cli;

/// <summary>The output on terminals of 60, 80 and 100 columns, and on none: lines fit, words stay whole, and what matters is there.</summary>
public sealed class TerminalWidthTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> Widths { get; } = [.. TerminalText.Widths];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_list_has_every_name_and_purpose(int width)
    {
        string wide = CommandRun.Of(ScenarioLibrary.All, CancellationToken.None, "list").Out;
        string narrow = CommandRun.OnTerminal(ScenarioLibrary.All, width, "list").Out;
        TerminalText.Check(narrow, width, wide, "Left", "out", "at", "this", "width:", "goals,", "goals.", "clocks,", "clocks.", "servers,", "faults,", "faults.");
        HashSet<string> words = [.. TerminalText.Words(narrow)];
        Assert.All(ScenarioLibrary.All, scenario => Assert.Contains(scenario.Name, words));
        Assert.All(ScenarioLibrary.All.SelectMany(scenario => scenario.LooksFor.Split(' ')), word => Assert.Contains(word, words));
    }

    [Fact]
    public void The_list_leaves_out_columns_one_after_the_other_and_says_which()
    {
        string[] notes = [.. TerminalText.Widths.Append(160).Select(width =>
            CommandRun.OnTerminal(ScenarioLibrary.All, width, "list").Out.TrimEnd().Split('\n').Last(line => line.Trim().Length > 0))];
        Assert.StartsWith("Left out at this width: ", notes[0]);
        Assert.True(notes[0].Count(c => c == ',') >= notes[1].Count(c => c == ','), string.Join('\n', notes));
        Assert.True(notes[1].Count(c => c == ',') > notes[2].Count(c => c == ','), string.Join('\n', notes));
        Assert.DoesNotContain("Left out", notes[3], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_report_of_the_lab_has_every_test_and_failure(int width)
    {
        LabRun run = new(new LabOptions(MadeUpScenarios.Lab, 12, 0, 1, 2, _folder.FullName, false, TimeSpan.FromSeconds(10), new FollowUp()));
        run.Run(CancellationToken.None);
        string narrow = On(width, stream => LabReport.Write(run, stream));
        TerminalText.Check(narrow, width, On(null, stream => LabReport.Write(run, stream)), "Left", "out", "at", "this", "width:", "published:", "s,", "RPCs,", "bytes,", "ops,", "in.", "peers,", "time", "real", "ms.");
        Assert.All(MadeUpScenarios.Lab, test => Assert.Contains(test.Name, TerminalText.Words(narrow)));
        TerminalText.AssertSays("Hopeless3C: FAILED in 12 of 12 runs run 0 of 12: NobodyEverLeads somebody leads schedule: ", narrow);
        TerminalText.AssertSays("test runs failed", narrow);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_list_of_mutants_has_every_name_and_title(int width)
    {
        MutantCatalogue catalogue = MutantCatalogue.Load();
        string narrow = On(width, stream => MutantText.WriteList(catalogue, catalogue.Mutants, stream));
        TerminalText.Check(
            narrow, width, On(null, stream => MutantText.WriteList(catalogue, catalogue.Mutants, stream)), "Left", "out", "at", "this", "width:", "file,", "file.", "properties,", "scenarios,", "seen", "in.");
        HashSet<string> words = [.. TerminalText.Words(narrow)];
        Assert.All(catalogue.Mutants, mutant => Assert.Contains(mutant.Id, words));
        Assert.All(catalogue.Mutants.SelectMany(mutant => TerminalText.Words(mutant.Title)), word => Assert.Contains(word, words));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void The_report_of_the_gate_has_every_verdict_and_property(int width)
    {
        MutantCatalogue catalogue = MutantCatalogue.Load();
        Mutant[] mutants = [.. catalogue.Mutants.Take(3)];
        SeedOutcome Found(ulong seed, string property, long schedules) => new(seed, property, "some message", "first-election-5", "portfolio", schedules, 1.25, 12_345);
        MutantOutcome[] outcomes =
        [
            Outcome(mutants[0], MutantVerdict.Found, [Found(1, "StateMachineSafety", 1), Found(2, "ElectedByMajority", 12_345), Found(3, "CommittedStaysOnQuorum", 7)]),
            Outcome(mutants[1], MutantVerdict.Found, [Found(1, "OneVotePerTerm", 3)]),
            Outcome(mutants[2], MutantVerdict.Survived, []) with { Reason = "nothing was found by any of 3 seeds within 12,345 schedules, neither in first-election-5 nor in chaos-3" },
        ];
        MutantReport report = new(catalogue, outcomes, new GateOptions(), TimeSpan.FromSeconds(83), IsWhole: false, WasInterrupted: false);
        string narrow = On(width, stream => MutantText.Write(report, stream));
        TerminalText.Check(
            narrow, width, On(null, stream => MutantText.Write(report, stream)), "Left", "out", "at", "this", "width:", "alone,", "explored,", "scenario,", "strategy,", "schedules,", "seconds,", "decisions,",
            "shrunk,", "title.");
        TerminalText.AssertSays("12,345 schedules, neither in first-election-5 nor in chaos-3", narrow);
        Assert.Superset(
            new HashSet<string>([mutants[0].Id, "found", "SURVIVED", "ElectedByMajority,", "CommittedStaysOnQuorum", "OneVotePerTerm"]), new HashSet<string>(TerminalText.Words(narrow)));
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void A_replay_has_every_event(int width)
    {
        string schedule = Find("broken");
        string wide = CommandRun.Of("replay", schedule).Out;
        CommandRun narrow = CommandRun.OnTerminal(width, "replay", schedule);
        Assert.Equal(2, narrow.Exit);
        TerminalText.Check(narrow.Out, width, wide, "where");
        TerminalText.AssertSays("reproduced: yes, in", narrow.Out);
        TerminalText.AssertSays("violated: S2NeverLeads S2 leads and should not", narrow.Out);

        // Whatever the width, the words of the events are the same ones, each as often.
        Assert.Equal(Count(wide), Count(narrow.Out));
        static int Count(string log) => TerminalText.Words(log).Count(word => word is "CANDIDATE" or "LEADER" or "Vote?" or "Append");
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Shrinking_tells_what_is_left_and_how_to_go_on(int width)
    {
        string schedule = Find("broken");
        string wide = CommandRun.Of("shrink", schedule).Out;
        CommandRun narrow = CommandRun.OnTerminal(width, "shrink", schedule);
        Assert.Equal(0, narrow.Exit);
        TerminalText.AssertFits(narrow.Out, width);
        string report = narrow.Out[narrow.Out.LastIndexOf("violates", StringComparison.Ordinal)..];
        TerminalText.Check(report, width, wide);
        TerminalText.AssertSays($"raft replay {schedule.Replace(".schedule", ".min.schedule", StringComparison.Ordinal)}", report);
        TerminalText.AssertSays("violates S2NeverLeads decisions", report);
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void An_exploration_tells_what_it_found(int width)
    {
        string[] args = ["test", "broken", "sound-unreached", "--iterations", "50", "--seed", "3", "--workers", "1", "--out", _folder.FullName];
        string wide = CommandRun.Of(args).Out;
        CommandRun narrow = CommandRun.OnTerminal(width, args);
        Assert.Equal(2, narrow.Exit);
        TerminalText.AssertFits(narrow.Out, width);
        string report = narrow.Out[narrow.Out.LastIndexOf("broken: ", StringComparison.Ordinal)..];
        TerminalText.AssertSays("broken: VIOLATION of S2NeverLeads S2 leads and should not found in: schedule 3 of 4, strategy pct, timed, 77 decisions", report);
        TerminalText.AssertSays("broken: VIOLATION of S2NeverLeads S2 leads and should not found in: schedule 3 of 4, strategy pct, timed, 77 decisions", wide);
        TerminalText.AssertSays("sound-unreached: goals not reached in 50 schedules pigs fly", report);
    }

    [Fact]
    public void A_long_command_goes_on_after_a_backslash_so_that_it_can_be_copied()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string text = On(40, stream => stream.WriteCommand("  replay:   ", "raft replay 'my folder/a file.schedule' --mutant W8"));
        Assert.Equal("  replay:   raft replay \\\n           'my folder/a file.schedule' \\\n              --mutant W8\n", text);
        Assert.Equal("  replay:   raft replay 'my folder/a file.schedule' --mutant W8\n", On(null, stream => stream.WriteCommand("  replay:   ", "raft replay 'my folder/a file.schedule' --mutant W8")));
    }

    private string Find(string scenario)
    {
        CommandRun.Of("test", scenario, "--iterations", "200", "--seed", "3", "--workers", "1", "--out", _folder.FullName);
        return Directory.GetFiles(_folder.FullName, $"{scenario}-*.schedule").Single(file => !file.Contains(".min.", StringComparison.Ordinal));
    }

    private static MutantOutcome Outcome(Mutant mutant, MutantVerdict verdict, IReadOnlyList<SeedOutcome> seeds) =>
        new() { Mutant = mutant, Verdict = verdict, Seeds = seeds, Shrunk = 1234, FairEnd = 56, LabAsked = true };

    private static string On(int? width, Action<OutputStream> write)
    {
        using StringWriter text = new();
        write(width is { } columns ? new OutputStream(text, IsTerminal: true, HasColor: false, columns, Height: 30) : OutputStream.Plain(text));
        return text.ToString().ReplaceLineEndings("\n");
    }
}
