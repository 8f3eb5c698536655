using Raft.Verified.ModelChecking;
using Raft.Verified.ModelChecking.Tla;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>
/// The states of the shipping core and those of its specification are the same sets: of each state, projected on the specification's variables, one canonical
/// text. The hashes of the sets that TLC found are on file.
/// </summary>
public sealed class StateSetTests
{
    public static TheoryData<string> Hashed => [.. HashedModels];

    private static IEnumerable<string> HashedModels => ModelTests.Lines().Skip(1).Where(line => line[4] != "-" && line[1].Length < 6).Select(line => line[0]);

    [Theory]
    [MemberData(nameof(Hashed))]
    public void The_core_has_the_states_that_the_specification_has(string model)
    {
        SpecificationStates states = SpecificationStates.OfCore(ModelLibrary.Find(model)!);

        Assert.True(states.IsComplete);
        Assert.Equal(ModelTests.Lines().Single(line => line[0] == model)[4], states.Digest());
    }

    [Fact]
    public void At_least_six_sets_are_compared() => Assert.InRange(HashedModels.Count(), 6, int.MaxValue);

    // The last one needs entries, which the model has not.
    [Theory]
    [InlineData("E16", "elections", true)]
    [InlineData("S104", "snapshots2", true)]
    [InlineData("R242", "replication2", true)]
    [InlineData("E15", "elections", false)]
    public async Task A_seeded_bug_makes_the_sets_unequal_where_the_model_has_what_it_needs(string mutant, string model, bool unequal)
    {
        using TemporaryFolder folder = new();

        CommandRun run = await RaftProcess.RunAsync(
            RaftProcess.WriteLauncher(folder), ["check", model, "--states", folder.File("states"), "--max-states", "100000", "--mutant", mutant]);

        Assert.Equal(0, run.Exit);
        Assert.Contains($"{model}: ", run.Out, StringComparison.Ordinal);
        Assert.Equal(unequal, !run.Out.Contains(ModelTests.Lines().Single(line => line[0] == model)[4], StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/\\ a = <<1, -2>>", "a=<<1,-2>>")]
    [InlineData("/\\ b = {s2, s1, s2}\n/\\ a = {}", "a={} b={s1,s2}")]
    [InlineData("/\\ a = [z |-> TRUE,\n  b |-> \"x y\"]", "a=[b|->\"x y\",z|->TRUE]")]
    [InlineData("/\\ a = ( s2 :> [c |-> <<>>] @@ s1 :> None )", "a=(s1:>None@@s2:>[c|-><<>>])")]
    [InlineData("/\\ a = (2 :> x @@ 1 :> y)", "a=<<y,x>>")]
    public void A_state_has_one_text_however_it_is_printed(string printed, string text) => Assert.Equal(text, new TlaReader(printed).State());

    [Theory]
    [InlineData("/\\ a = <<1", "','")]
    [InlineData("/\\ a = [b -> 1]", "'|->'")]
    [InlineData("/\\ a = \"x", "the end of a string")]
    [InlineData("a = 1", "'/\\'")]
    [InlineData("/\\ a = ", "a value")]
    public void What_is_no_state_is_refused(string printed, string expected)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => new TlaReader(printed).State());

        Assert.Contains($"where {expected} was expected", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dump_of_states_and_one_of_the_graph_have_the_same_states()
    {
        using TemporaryFolder folder = new();
        string states = Write(folder, "states", "State 1:\n/\\ x = 0\n\nState 2:\n/\\ x = {1,\n  2}\n\n");
        string graph = Write(folder, "graph", """
            strict digraph DiskGraph {
            nodesep=0.35;
            -12 [label="/\\ x = 0",style = filled]
            -12 -> 7 [label="SomeCrash(s1)",color="black",fontcolor="black"];
            7 [label="/\\ x = {2,\n  1}",tooltip="/\\ x = {2,\n  1}"];
            7 -> -12 [label="Read(s2)",color="black",fontcolor="black"];
            }
            """);
        List<string> texts = [];

        SpecificationStates first = TlcDump.Read(states);
        SpecificationStates second = TlcDump.Read(graph, (_, text) => texts.Add(text));

        Assert.Equal(["x=0", "x={1,2}"], texts);
        Assert.Equal(first.Digest(), second.Digest());
        Assert.Equal((2, null), (first.Count, first.Steps));
        Assert.Equal((2, 2), (second.Count, second.Steps));
    }

    [Fact]
    public void Steps_differ_when_one_has_another_name()
    {
        using TemporaryFolder folder = new();
        string start = "strict digraph DiskGraph {\n1 [label=\"/\\\\ x = 0\",style = filled]\n1 -> 1 [label=\"";

        SpecificationStates one = TlcDump.Read(Write(folder, "one", $"{start}SomeCrash(s1)\"];\n}}"));
        SpecificationStates other = TlcDump.Read(Write(folder, "other", $"{start}Restart(s1)\"];\n}}"));

        Assert.Empty(one.Without(other));
        Assert.Contains(" Crash(s1) ", Assert.Single(one.StepsWithout(other)), StringComparison.Ordinal);
        Assert.Empty(one.StepsWithout(one));
    }

    [Fact]
    public void A_dump_with_another_state_is_not_equal()
    {
        using TemporaryFolder folder = new();
        string dump = Write(folder, "dump", "State 1:\n/\\ x = 0\n");

        CommandRun run = CommandRun.Of(["check", "single", "--compare", dump]);

        Assert.Equal(2, run.Exit);
        Assert.Contains("NOT EQUAL: 428 states and 0 steps of the core only, 1 state and 0 steps of TLC only", run.Out, StringComparison.Ordinal);
        Assert.Contains("  TLC only: x=0", run.Out, StringComparison.Ordinal);
        Assert.Contains("  core only: budget=[", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no dump", "cannot read the dump: ")]
    [InlineData("", "is empty; expected states")]
    public void A_dump_that_is_none_is_one_line(string content, string error)
    {
        using TemporaryFolder folder = new();

        CommandRun run = CommandRun.Of(["check", "single", "--compare", Write(folder, "dump", content)]);

        Assert.Equal(1, run.Exit);
        Assert.Contains(error, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void States_are_of_one_model()
    {
        CommandRun run = CommandRun.Of(["check", "--states", "file"]);

        Assert.Equal(1, run.Exit);
        Assert.Contains("--states and --compare are given 13 models; expected one", run.Error, StringComparison.Ordinal);
    }

    private static string Write(TemporaryFolder folder, string name, string content)
    {
        string path = folder.File(name);
        File.WriteAllText(path, content);
        return path;
    }
}
