using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The properties that must hold eventually after the faults stop.</summary>
public sealed class LivenessPropertiesTests
{
    [Fact]
    public void Without_a_leader_none_is_elected() => Unmet(
        "LeaderElected", Cluster().Term(1, 3).Become(Role.Candidate, 1).Crash(3), "S1 is candidate in term 3", "S2 is follower in term 0", "S3 is down");

    [Fact]
    public void A_leader_that_went_down_does_not_count() => Unmet("LeaderElected", Cluster().Lead(1, term: 3).Crash(1), "S1 is down");

    [Fact]
    public void A_leader_whom_a_running_server_has_overtaken_does_not_count() =>
        Unmet("LeaderElected", Cluster().Lead(1, term: 3).Term(2, 4), "S1 is leader in term 3", "S2 is follower in term 4");

    [Fact]
    public void The_leader_of_the_newest_term_among_running_servers_counts()
    {
        EventScript script = Cluster().Lead(1, term: 3).Lead(2, term: 4).Term(3, 5).Stop(3);
        Met("LeaderElected", script);
        Assert.Equal(new ServerId(2), script.View.Leader?.Id);
    }

    [Fact]
    public void An_operation_without_an_answer_is_outstanding()
    {
        ClientOperation first = new(1, 1, default);
        ClientOperation second = new(2, 7, default);
        EventScript script = Cluster().Call(first).Call(second);
        Unmet("EveryOperationAnswered", script, "unanswered client operations (2)", "c1#1", "c2#7");
        Unmet("EveryOperationAnswered", script.Answer(first, 1, 1, ""), "unanswered client operations (1)", "c2#7");
        Met("EveryOperationAnswered", script.Answer(second, 2, 1, ""));
    }

    [Fact]
    public void A_running_server_that_has_not_applied_everything_lags() => Unmet(
        "EveryServerCaughtUp",
        Cluster().Append(1, Entry(1, 1), Entry(2, 1, "x")).Commit(1, 2).Apply(1, Entry(1, 1), Entry(2, 1, "x")).Apply(2, Entry(1, 1)).Crash(3),
        "S2 has applied 1 of 2");

    [Fact]
    public void Servers_that_applied_everything_or_are_down_do_not() => Met(
        "EveryServerCaughtUp",
        Cluster().Append(1, Entry(1, 1), Entry(2, 1, "x"), Entry(3, 1, "y")).Commit(1, 2)
            .Apply(1, Entry(1, 1), Entry(2, 1, "x")).Restore(2, SnapshotOf(2, 1, "x")).Crash(3));

    private static EventScript Cluster() => new("NoFault");

    private static void Met(string property, EventScript script) => Assert.Null(Named(property).Unmet(script.View));

    private static void Unmet(string property, EventScript script, params string[] facts)
    {
        string? message = Named(property).Unmet(script.View);
        Assert.NotNull(message);
        Assert.All(facts, fact => Assert.Contains(fact, message, StringComparison.Ordinal));
    }

    private static LivenessProperty Named(string name) => Properties.Liveness.Single(property => property.Name == name);
}
