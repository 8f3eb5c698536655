using Raft.Verified.Mutants.Catalogue;
using Raft.Verified.Mutants.Compilation;
using Raft.Verified.Mutants.Gate;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Mutants;

/// <summary>The data files of the seeded bugs.</summary>
public sealed class MutantCatalogueTests
{
    // Everything that the two lists of known bugs have: the MIT labs' mistakes by family, and what real implementations had (W).
    private const string KnownBugs = """
        E1 E3 E4 E5 E6 E7 E8 E9 E10 E11 E12 E13 E14 E15 E16 E18 E19 E20 E21 E23 E24 E25 E26 E27 E28 R1 R2 R3 R4 R5 R6 R7 R9 R11 R12 R13 R16 R17 R18 R19 R20
        R21 R22 R23 R24 R25 R26 R27 R28 R29 R30 R31 R32 R33 R34 R35 R36 R37 A1 A2 A3 P1 P2 P3 P4 P5 P6 P8 P9 S1 S2 S3 S4 S5 S7 S8 S9 S11 S12 S13 S14 S15 S17
        K1 K2 K3 K4 K5 K6 K7 K8 K9 K10 K11 K12 K13 K14 K15 K16 K17
        W1 W2 W4 W5 W6 W7 W8 W10 W11 W12 W13 W14 W15 W16 W17 W18 W20 W21 W23 W24 W25 W27 W28 W29 W30 W31 W33 W35 W37 W38 W40 W41 W42 W43 W44 W45 W46 W47 W48
        W49 W50 W51 W52 W53 W61 W62 W63 W64 W66 W67 W69 W70 W71 W80 W82 W84 W85 W86 W87
        """;

    private const string Sound = """
        { "id": "X1", "title": "t", "seen": "s", "file": "src/Raft.Verified/Protocol/Quorum.cs", "replace": "(servers / 2) + 1", "with": "servers / 2",
          "properties": ["ElectionSafety"], "scenarios": ["first-election-3"], "budget": 10 }
        """;

    private static readonly MutantCatalogue Catalogue = MutantCatalogue.Load();

    [Fact]
    public void Every_mutant_fits_the_sources_of_this_build() =>
        Assert.All(Catalogue.Mutants, mutant => Assert.NotEmpty(MutantCompiler.Apply(mutant)));

    [Fact]
    public void There_are_at_least_ninety() => Assert.InRange(Catalogue.Mutants.Count, 90, int.MaxValue);

    [Fact]
    public void Every_known_bug_is_a_mutant_or_set_aside_with_a_reason()
    {
        HashSet<string> there = [.. Catalogue.Mutants.Select(mutant => mutant.Id), .. Catalogue.SetAside.Select(bug => bug.Id)];
        Assert.Equal("", string.Join(' ', KnownBugs.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).Where(id => !there.Contains(id))));
        Assert.All(Catalogue.SetAside, bug => Assert.InRange(bug.Reason.Length, 15, 400));
    }

    [Fact]
    public void Every_property_that_a_mutant_names_exists()
    {
        HashSet<string> known =
        [
            .. Properties.CreateAll(null).Select(property => property.Name), .. Properties.Liveness.Select(property => property.Name),
            .. LabSuite.All.Select(test => test.Name), nameof(ExactlyOnce), "StoreLinearizability", "StoreFailuresAreTrue", "StoreSessions", "EveryProposalAnswered", "Deadlock",
            "EveryReadAnswered", "EveryCompactionAnswered", "StoppedServerRefuses", "StoppedIsTrue", "StatusIsTrue", nameof(Livelock),
            "TimelyElection", "StableLeader", "QuietWhenIdle", "PromptAnswers", "StopsInTime",
            "NoEarlyElection", "OneCallAtATime", "FaultStopsServer", "StopAnswersClients", "QueueIsBounded", "ElectionTimerRunsOut", "StepDoesNotReturn",
        ];
        Assert.Equal("", string.Join(", ", Catalogue.Mutants.SelectMany(mutant =>
            mutant.Properties.Where(property => !known.Contains(property)).Select(property => $"{mutant.Id}: {property}"))));
    }

    [Fact]
    public void Every_mutant_is_tried_in_scenarios_and_lab_tests_that_exist() => Assert.NotNull(new MutantGate(Catalogue.Mutants, new GateOptions()));

    [Fact]
    public void For_every_lab_test_there_is_a_mutant_that_it_is_said_to_catch() =>
        Assert.Equal("", string.Join(' ', LabSuite.All.Select(test => test.Name).Except(Catalogue.Mutants.SelectMany(mutant => mutant.LabTests))));

    [Fact]
    public void A_text_that_is_not_there_is_an_error()
    {
        Mutant mutant = MutantFile.Parse("X1.json", Sound.Replace("(servers / 2) + 1", "(servers / 3) + 1", StringComparison.Ordinal));
        string message = Assert.Throws<MutantException>(() => MutantCompiler.Apply(mutant)).Message;
        Assert.Equal("X1: src/Raft.Verified/Protocol/Quorum.cs: the text to replace ('(servers / 3) + 1' ...) does not occur; expected exactly once", message);
    }

    [Fact]
    public void A_text_that_is_there_twice_is_an_error()
    {
        Mutant mutant = MutantFile.Parse("X1.json", Sound.Replace("(servers / 2) + 1", "reached.Length", StringComparison.Ordinal));
        Assert.Contains("more than once; expected exactly once", Assert.Throws<MutantException>(() => MutantCompiler.Apply(mutant)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_does_not_compile_is_an_error()
    {
        Mutant mutant = MutantFile.Parse("X1.json", Sound.Replace("servers / 2\"", "servers / \\\"2\\\"\"", StringComparison.Ordinal));
        Assert.Contains("does not compile", Assert.Throws<MutantException>(() => new MutantCompiler().Compile(mutant)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"title\": \"t\"", "\"title\": \"\"", "X1.json: \"title\" is empty; expected a text")]
    [InlineData("\"seen\": \"s\", ", "", "X1.json: \"seen\" is missing")]
    [InlineData("\"seen\"", "\"sean\": 1, \"seen\"", "X1.json: unknown field \"sean\"; expected one of id, title")]
    [InlineData("[\"first-election-3\"]", "[]", "X1.json: \"scenarios\" is empty; expected at least one name")]
    [InlineData("\"budget\": 10", "\"budget\": 0", "X1.json: \"budget\" is 0; expected 1 to 1000000 schedules")]
    [InlineData("\"budget\": 10", "\"budget\": 10, \"strategies\": [\"luck\"]", "X1.json: unknown strategy 'luck'; expected one of portfolio")]
    [InlineData("\"with\": \"servers / 2\"", "\"with\": \"(servers / 2) + 1\"", "X1.json: \"with\" is the same as \"replace\"; expected a change")]
    [InlineData("{ \"id\"", "[ \"id\"", "X1.json: not JSON")]
    public void A_malformed_file_is_one_clear_line(string part, string instead, string error)
    {
        string text = Sound.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(Sound, text);
        Assert.StartsWith(error, Assert.Throws<MutantException>(() => MutantFile.Parse("X1.json", text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named_after_its_mutant()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("X2.json"), Sound);
        Assert.Equal("X2.json: \"id\" is 'X1'; expected the file's name", Assert.Throws<MutantException>(() => MutantCatalogue.Load(folder.FullName)).Message);
    }

    [Fact]
    public void Longer_texts_may_be_lines()
    {
        Mutant mutant = MutantFile.Parse("X1.json", Sound.Replace("\"(servers / 2) + 1\"", "[\"a\", \"  b\"]", StringComparison.Ordinal));
        Assert.Equal("a\n  b", mutant.Edits[0].Replace);
    }
}
