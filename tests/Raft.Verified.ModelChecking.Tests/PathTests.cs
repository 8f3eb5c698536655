using Raft.Verified.Cli.Output.Check;
using Raft.Verified.ModelChecking;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.Models;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Paths;
using Xunit;

namespace Raft.Verified.Tests.ModelChecking;

/// <summary>Steps of a model, taken by the shipping servers in the simulated world.</summary>
public sealed class PathTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);

    public static TheoryData<string> Models => new("replication", "snapshots", "reads", "disks");

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_step_of_a_model_exists_on_the_servers(string name)
    {
        ModelBounds bounds = Bounds(name);
        HashSet<ModelAction> actions = [];
        bool hasChunks = false;
        for (ulong seed = 1; seed <= 30; seed++)
        {
            IReadOnlyList<ModelStep> steps = RandomWalk.Of(bounds, seed, 80);
            actions.UnionWith(steps.Select(step => step.Action));
            hasChunks |= steps.Any(step => step.Message is InstallSnapshot { Offset: > 0 });

            PathOutcome outcome = Take(bounds, steps);

            Assert.True(outcome.Schedule is null, $"seed {seed}: {outcome.Schedule?.Header.Property}: {outcome.Schedule?.Header.Message}");
            Assert.All(outcome.Notes, note => Assert.Contains("writes in one call, which complete together", note, StringComparison.Ordinal));
            Assert.True(bounds.AsyncDisk || outcome.Notes.Count == 0, $"seed {seed}: {string.Join("; ", outcome.Notes)}");
        }

        Assert.Equal(bounds.Chunks > 1, hasChunks);
        Assert.Equal(bounds.MaxCompactions > 0, actions.Contains(ModelAction.Compact));
        Assert.Equal(bounds.MaxCrashes > 0, actions.Contains(ModelAction.Restart));
        Assert.Equal(bounds.MaxRounds > 0, actions.Contains(ModelAction.Read));
        Assert.Equal(bounds.AsyncDisk, actions.Contains(ModelAction.WriteCompleted));
        Assert.Superset(new HashSet<ModelAction> { ModelAction.ElectionTimeout, ModelAction.HeartbeatTimeout, ModelAction.Receive, ModelAction.Propose }, actions);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void A_way_without_a_mistake_comes_to_a_good_end(string name)
    {
        ModelBounds bounds = Bounds(name);
        for (ulong seed = 1; seed <= 20; seed++)
        {
            IReadOnlyList<ModelStep> steps = RandomWalk.Of(bounds, seed, 30);
            foreach (PathMode mode in new PathMode[] { new(true, PathEnding.Fair), new(false, PathEnding.Fair), new(true, PathEnding.Random, seed), new(true, PathEnding.Random, seed + 100) })
            {
                PathOutcome outcome = Take(bounds, steps, mode);

                Assert.True(outcome.Schedule is null, $"seed {seed}, {mode}: {outcome.Schedule?.Header.Property}: {outcome.Schedule?.Header.Message}");
            }
        }
    }

    [Fact]
    public void A_message_that_was_never_sent_is_reported_as_missing()
    {
        PathOutcome outcome = Take(Bounds("replication"), [Receives(new RequestVote(S2, S1, new Term(1), LogIndex.Zero, Term.Zero))]);

        Assert.Null(outcome.Schedule);
        Assert.Equal("step 1 (the step): the server has not sent such a message, or not as often", Assert.Single(outcome.Notes));
    }

    [Fact]
    public void A_message_that_differs_stands_in_for_the_one_of_the_model()
    {
        PathOutcome outcome = Take(Bounds("replication"), [Does(S1, ModelAction.ElectionTimeout), Receives(new RequestVote(S1, S2, new Term(1), new LogIndex(1), new Term(1)))]);

        Assert.Equal("step 2 (the step): the server has sent another one, 'RequestVote t1 last 0/0', which is taken instead", Assert.Single(outcome.Notes));
    }

    [Fact]
    public void A_timer_that_is_not_set_is_reported_as_missing()
    {
        PathOutcome outcome = Take(Bounds("replication"), [Does(S1, ModelAction.HeartbeatTimeout)]);

        Assert.Equal("step 1 (the step): its heartbeat timer is not set", Assert.Single(outcome.Notes));
    }

    [Fact]
    public void A_server_that_is_down_takes_no_message()
    {
        PathOutcome outcome = Take(Bounds("disks"), [Does(S1, ModelAction.Crash), Receives(new RequestVote(S2, S1, new Term(1), LogIndex.Zero, Term.Zero))]);

        Assert.Equal("step 2 (the step): S1 is down", Assert.Single(outcome.Notes));
    }

    [Fact]
    public void A_write_that_is_not_on_its_way_is_reported_as_missing()
    {
        PathOutcome outcome = Take(Bounds("disks"), [Does(S1, ModelAction.WriteCompleted, 1)]);

        Assert.Equal("step 1 (the step): the server has no such write on its way", Assert.Single(outcome.Notes));
    }

    [Fact]
    public void The_name_of_a_scenario_says_the_options_of_its_servers()
    {
        Scenario scenario = ModelScenario.Of(servers: 3, entries: 2, inFlight: 4, chunks: 2, emptyEntry: true);
        Assert.Equal("model-3-entries-2-in-flight-4-chunks-2-empty-entry", scenario.Name);

        ClusterSettings found = ModelScenario.Find(scenario.Name)!.Cluster;
        Assert.Equal((3, 2, 4, true), (found.Servers, found.MaxEntriesPerAppend, found.MaxEntriesInFlight!.Value, found.AppendEmptyEntryOnElection));
        Assert.False(ModelScenario.Find("model-3-entries-2-in-flight-4-chunks-2")!.Cluster.AppendEmptyEntryOnElection);
    }

    [Theory]
    [InlineData("model-8-entries-1-in-flight-1-chunks-1")]
    [InlineData("model-3-entries-0-in-flight-1-chunks-1")]
    [InlineData("model-3-entries-1-in-flight-99999999999-chunks-1")]
    [InlineData("model-3-entries-1-in-flight-1-chunks-9")]
    [InlineData("model-03-entries-1-in-flight-1-chunks-1")]
    [InlineData("model-3")]
    public void A_name_out_of_range_names_no_scenario(string name) => Assert.Null(ModelScenario.Find(name));

    private static ModelBounds Bounds(string name) => name switch
    {
        "replication" => new ModelBounds { Name = name, Servers = 3, MaxTerm = 4, MaxProposals = 3, MaxCrashes = 3, MaxEntries = 2, EmptyEntry = false },
        "snapshots" => new ModelBounds { Name = name, Servers = 3, MaxTerm = 3, MaxProposals = 4, MaxCrashes = 3, MaxCompactions = 4, Chunks = 2 },
        "reads" => new ModelBounds { Name = name, Servers = 3, MaxTerm = 4, MaxProposals = 2, MaxRounds = 3 },
        _ => new ModelBounds { Name = name, Servers = 3, MaxTerm = 4, MaxProposals = 3, MaxCrashes = 4, AsyncDisk = true },
    };

    private static ModelStep Does(ServerId server, ModelAction action, int argument = 0) => new(server, action, argument, null, "the step");

    private static ModelStep Receives(Message message) => new(message.To, ModelAction.Receive, 0, message, "the step");

    private static PathOutcome Take(ModelBounds bounds, IEnumerable<ModelStep> steps) => Take(bounds, steps, new PathMode(EarlyWrites: true, PathEnding.Stop));

    private static PathOutcome Take(ModelBounds bounds, IEnumerable<ModelStep> steps, PathMode mode) =>
        PathRunner.Run(CheckSchedule.ScenarioOf(bounds), CheckSchedule.PathOf(steps), bounds.AsyncDisk, mode, null);
}
