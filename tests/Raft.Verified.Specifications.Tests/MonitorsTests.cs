using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The way of events to the properties and the view.</summary>
public sealed class MonitorsTests
{
    [Fact]
    public void The_catalogue_has_every_property_of_the_design_once()
    {
        string[] expected =
        [
            "AppliedInOrder", "AppliedIsDurable", "ChangesLogAsRequested", "ClientLinearizability", "CommittedByMajority", "CommittedOnQuorumOfDisks",
            "Determinism", "ElectedByMajority", "ElectionSafety", "ElectionTimerDiscipline", "ExactlyOnce", "LeaderAppendOnly", "LeaderCompleteness", "LeaderSendsItsLog",
            "LeadershipBegunOnce", "LinearizableReads", "LoadedIsDurable", "LogMatching", "MatchIndexIsTrue", "MonotonicApplied", "MonotonicCommit", "MonotonicTerm",
            "NamedLeaderHasLed", "NewerTermAdopted", "NoAcknowledgementBeforeDurability", "NoFault", "NothingAfterStop", "NothingSentIsRefused", "OneVotePerTerm",
            "ReadsConfirmedByMajority", "RefusalsAreTrue", "SnapshotEqualsReplay", "StaleMessagesIgnored", "StateMachineSafety",
            "VotesForUpToDate",
        ];
        Assert.Equal(expected, Properties.CreateAll(() => new AppendingModel()).Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            expected.Except(["ExactlyOnce"]), Properties.CreateAll(null).Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["LeaderElected", "EveryOperationAnswered", "EveryServerCaughtUp"], Properties.Liveness.Select(property => property.Name));
    }

    [Fact]
    public void Every_property_is_named_as_its_type_and_documented()
    {
        Assert.All(Properties.CreateAll(() => new AppendingModel()), property =>
        {
            Assert.Equal(property.GetType().Name, property.Name);
            Assert.NotEmpty(property.Source);
            Assert.EndsWith(".", property.Statement, StringComparison.Ordinal);
            Assert.False(property.Kinds.IsEmpty);
            Assert.Equal(property.Kinds.Length, property.Kinds.ToArray().Distinct().Count());
        });
        Assert.All(Properties.Liveness, property =>
        {
            Assert.Equal(property.GetType().Name, property.Name);
            Assert.NotEmpty(property.Source);
            Assert.EndsWith(".", property.Statement, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_property_sees_the_events_it_asked_for_with_the_view_from_before_each()
    {
        Recorder recorder = new(failAt: int.MaxValue);
        Monitors monitors = new(2, null, [recorder]);
        Advance(monitors, 1, 3);
        Advance(monitors, 2, 4);
        monitors.OnEvent(new RaftEvent { Kind = RaftEventKind.Voted, Server = new(1), Term = new(3), Peer = new(2) });
        Advance(monitors, 1, 5);
        Assert.Equal(["S1 0 to 3", "S2 0 to 4", "S1 3 to 5"], recorder.Seen);
        Assert.Equal(new Term(5), monitors.View[new ServerId(1)].Term);
        Assert.Null(monitors.Violation);
    }

    [Fact]
    public void Watching_ends_at_the_first_violation_with_the_view_from_before_it()
    {
        Recorder first = new(failAt: 2);
        Recorder second = new(failAt: int.MaxValue);
        Monitors monitors = new(2, null, [first, second]);
        Advance(monitors, 1, 3);
        Advance(monitors, 1, 4);
        Advance(monitors, 1, 5);
        Assert.Equal(new Violation("Recorder", "call 2"), monitors.Violation);
        Assert.Equal(2, first.Seen.Count);
        Assert.Single(second.Seen);
        Assert.Equal(new Term(3), monitors.View[new ServerId(1)].Term);
    }

    [Fact]
    public void The_view_follows_a_server_through_log_snapshot_disk_and_restart()
    {
        LogEntry[] log = [EventScript.Entry(1, 1), EventScript.Entry(2, 1, "x"), EventScript.Entry(3, 1, "y")];
        Snapshot snapshot = EventScript.SnapshotOf(2, 1, "x");
        EventScript script = new EventScript("NoFault").Term(1, 1).Vote(1, 1, 1).WriteTerm(1, 1, vote: 1).Become(Role.Leader, 1)
            .Append(1, log).Write(1, log[..2]).Commit(1, 2).Apply(1, log[0]).Restore(1, snapshot).Compact(1, snapshot);
        ServerView server = script.View[new ServerId(1)];
        Assert.Equal((true, new Term(1), Role.Leader, new ServerId(1)), (server.IsRunning, server.Term, server.Role, server.VotedFor));
        Assert.Equal((new LogIndex(2), new LogIndex(2)), (server.CommitIndex, server.AppliedIndex));
        Assert.Equal((new LogIndex(2), new Term(1), new LogIndex(3)), (server.Log.SnapshotIndex, server.Log.SnapshotTerm, server.Log.LastIndex));
        Assert.Null(server.Log[new LogIndex(2)]);
        Assert.Same(log[2], server.Log[new LogIndex(3)]);
        Assert.Same(log[1], server.Disk.Log[new LogIndex(2)]);
        Assert.Equal((new Term(1), new ServerId(1), new LogIndex(2)), (server.Disk.Term, server.Disk.VotedFor, server.Disk.Log.LastIndex));
        Assert.Same(log[1], script.View.Committed(new LogIndex(2)));
        Assert.Equal((new LogIndex(2), new Term(1)), (script.View.MaxCommitted, script.View.CommittedInTerm(new LogIndex(2))));
        Assert.Equal(new ServerId(1), script.View.LeaderOf(new Term(1)));

        script.WriteSnapshot(1, snapshot, last: 2).Crash(1);
        Assert.Equal((false, Role.Follower), (server.IsRunning, server.Role));
        Assert.Same(snapshot, server.Disk.Snapshot);
        script.Start(1, EventScript.Disk(1, 1, snapshot, log[1], log[2]));
        Assert.Equal((true, new LogIndex(2), LogIndex.Zero), (server.IsRunning, server.CommitIndex, server.AppliedIndex));
        Assert.Equal((new LogIndex(3), new LogIndex(3)), (server.Log.LastIndex, server.Disk.Log.LastIndex));
        script.Crash(1).Start(1, EventScript.Disk(1, 1, EventScript.SnapshotOf(2, 9, "x"), log[1], log[2]));
        Assert.Equal((new LogIndex(2), new LogIndex(2)), (server.Log.LastIndex, server.Disk.Log.LastIndex));
    }

    [Fact]
    public void A_server_that_the_cluster_does_not_have_is_refused_by_name()
    {
        Monitors monitors = new(3, null);
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => Advance(monitors, 4, 1));
        Assert.Contains("S1 to S3", exception.Message, StringComparison.Ordinal);
    }

    private static void Advance(Monitors monitors, int server, long term) =>
        monitors.OnEvent(new RaftEvent { Kind = RaftEventKind.TermAdvanced, Server = new(server), Term = new(term) });

    private sealed class Recorder(int failAt) : SafetyProperty
    {
        public List<string> Seen { get; } = [];

        public override string Name => nameof(Recorder);

        public override string Source => "none";

        public override string Statement => "None.";

        public override string TlaName => "";

        public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.TermAdvanced];

        public override string? Check(in RaftEvent e, ClusterView view)
        {
            Seen.Add($"{e.Server} {view[e.Server].Term} to {e.Term}");
            return Seen.Count == failAt ? $"call {failAt}" : null;
        }
    }
}
