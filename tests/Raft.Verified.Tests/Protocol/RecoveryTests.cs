using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>A server that comes up from what its disk holds.</summary>
public sealed class RecoveryTests
{
    [Fact]
    public void A_new_server_starts_from_nothing()
    {
        CoreHarness server = CoreHarness.NotStarted(DurableState.Empty);
        Step step = server.Start();

        RaftCore core = server.Core;
        Assert.Equal((Role.Follower, T(0), ServerId.None, ServerId.None), (core.Role, core.CurrentTerm, core.VotedFor, core.LeaderId));
        Assert.Equal((At(0), At(0), At(0), At(0)), (core.CommitIndex, core.LastApplied, core.Log.LastIndex, core.DurableIndex));
        Assert.Null(step.Write);
        Assert.Null(step.Restore);
        Assert.Equal([RaftEventKind.Started, RaftEventKind.ElectionTimerReset], server.Events.Select(e => e.Kind));
    }

    [Fact]
    public void Term_vote_and_log_are_as_the_disk_has_them()
    {
        DurableState durable = Durable("1 1 2", term: 4, votedFor: 3);
        CoreHarness server = CoreHarness.NotStarted(durable);

        Assert.Equal((T(4), S(3)), (server.Core.CurrentTerm, server.Core.VotedFor));
        Assert.Equal(("1 1 2", At(3)), (server.LogText, server.Core.DurableIndex));
        RaftEvent started = Assert.Single(server.Events);
        Assert.Equal((T(4), At(3), S(3)), (started.Term, started.Index, started.Peer));
        Assert.NotNull(started.Subject);
    }

    [Fact]
    public void Commit_and_applied_index_are_not_remembered()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        follower.Receive(follower.Append(2, "3/1", commit: 3));
        Assert.Equal(At(3), follower.Core.LastApplied);

        CoreHarness restarted = follower.Restart();

        Assert.Equal((At(0), At(0)), (restarted.Core.CommitIndex, restarted.Core.LastApplied));
        Assert.Equal("1/1 2/1 3/1", Positions(restarted.Receive(restarted.Append(2, "3/1", commit: 3)).Committed));
    }

    [Fact]
    public void A_snapshot_on_disk_is_restored_first_and_its_prefix_is_committed_and_applied()
    {
        CoreHarness server = CoreHarness.NotStarted(Durable("[3/2] 2", term: 2));
        Step step = server.Start();

        Assert.Equal(At(3), step.Restore!.LastIncludedIndex);
        Assert.Equal((At(3), At(3)), (server.Core.CommitIndex, server.Core.LastApplied));
        Assert.Null(step.Write);
        Assert.Equal("4/2", Positions(server.Receive(server.Append(2, "4/2", commit: 4)).Committed));
    }

    [Fact]
    public void A_restarted_server_still_has_the_snapshot_to_send_and_does_not_lose_it_with_the_next_write()
    {
        CoreHarness server = CoreHarness.Follower("[3/2] 2", term: 2);
        server.Receive(server.Append(2, "4/2", "2"));
        server.CompleteAll();

        server = server.Restart();

        Assert.Equal("[3/2] 2 2", server.LogText);
        Assert.Equal("state", Text(server.Core.Snapshot!.Data));
    }

    // Snapshot on disk; the log beside it (its first index and terms); the log recovered; how the cut is written again.
    [Theory]
    [InlineData("3/2", 1, "1 1 2 2 2", "[3/2] 2 2", true)]
    [InlineData("3/2", 1, "1 1 2", "[3/2]", true)]
    [InlineData("3/2", 1, "1", "[3/2]", true)]
    [InlineData("3/2", 1, "1 1", "[3/2]", true)]
    [InlineData("3/2", 2, "1 2 2", "[3/2] 2", true)]
    [InlineData("3/2", 2, "1", "[3/2]", true)]
    [InlineData("3/2", 3, "2", "[3/2]", true)]
    [InlineData("3/2", 3, "2 2", "[3/2] 2", true)]
    [InlineData("3/2", 2, "1 1 1", "[3/2]", false)]
    [InlineData("3/2", 3, "1", "[3/2]", false)]
    [InlineData("3/2", 1, "1 1 1 1 1", "[3/2]", false)]
    [InlineData("3/2", 1, "1 1 3 3 3", "[3/2]", false)]
    [InlineData("3/2", 3, "1 1", "[3/2]", false)]
    public void A_log_that_a_crash_saved_from_being_cut_is_cut_first(
        string position, long first, string terms, string recovered, bool keepSuffix)
    {
        CoreHarness server = CoreHarness.NotStarted(new DurableState(T(4), S(0), SnapshotOf(position), Entries(first, terms)));
        Step step = server.Start();

        Assert.Equal(recovered, server.LogText);
        Assert.Equal((At(3), keepSuffix), (step.Write!.Snapshot!.LastIncludedIndex, step.Write.KeepSuffix));
        Assert.Null(step.Write.LogFrom);
        Assert.Equal(server.Core.Log.LastIndex, server.Core.DurableIndex);

        server.CompleteAll();
        CoreHarness again = server.Restart();
        Assert.Equal(recovered, again.LogText);
        Assert.Equal(0, again.Disk.Pending);
    }

    // What was acknowledged after a restart is there after the next one, whatever the first one found: nothing of the old log is joined to it.
    [Theory]
    [InlineData(1, "1 1")]
    [InlineData(1, "1 1 1 1 1")]
    [InlineData(2, "1")]
    [InlineData(2, "1 2 2")]
    [InlineData(2, "1 1 1")]
    [InlineData(3, "2")]
    [InlineData(3, "1 1")]
    [InlineData(4, "2")]
    [InlineData(4, "")]
    public void What_is_appended_after_a_restart_at_the_snapshots_end_survives_the_next_one(long first, string terms)
    {
        CoreHarness server = CoreHarness.NotStarted(new DurableState(T(4), S(0), SnapshotOf("3/2"), Entries(first, terms)));
        server.Start();
        server.Receive(server.Append(2, "3/2", "4 4"));
        server.CompleteAll();

        CoreHarness once = server.Restart();
        once.CompleteAll();

        Assert.Equal("[3/2] 4 4", once.LogText);
        Assert.Equal("[3/2] 4 4", once.Restart().LogText);
    }

    [Theory]
    [InlineData(4, "2 2")]
    [InlineData(4, "")]
    public void A_log_that_was_cut_is_not_cut_again(long first, string terms)
    {
        CoreHarness server = CoreHarness.NotStarted(new DurableState(T(4), S(0), SnapshotOf("3/2"), Entries(first, terms)));

        Assert.Null(server.Start().Write);
    }

    [Fact]
    public void What_a_restarted_server_promises_waits_for_the_cut()
    {
        CoreHarness server = CoreHarness.NotStarted(new DurableState(T(4), S(0), SnapshotOf("3/2"), Entries(1, "1 1 1 1 1")));
        WriteId cut = server.Start().Write!.Id;

        Step append = server.Receive(server.Append(2, "3/2"));

        Assert.Equal(cut, Assert.Single(append.Messages).After);
    }

    // The crash comes after so many parts of the write that installs a snapshot over a log of another history, and again during the cut.
    [Theory]
    [InlineData(0, "1 1 1 1 1")]
    [InlineData(1, "1 1 1 1 1")]
    [InlineData(2, "[3/2]")]
    [InlineData(3, "[3/2]")]
    [InlineData(4, "[3/2]")]
    public void A_crash_within_an_install_leaves_the_log_before_or_the_snapshot_and_never_a_mixture(int parts, string recovered)
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1 1 1", term: 4);
        follower.Receive(follower.Install(2, "3/2"));

        CoreHarness once = follower.Restart(parts);
        CoreHarness twice = once.Restart(parts);

        Assert.Equal(recovered, once.LogText);
        Assert.Equal(recovered, twice.LogText);
        twice.Receive(twice.Install(2, "3/2"));
        twice.Receive(twice.Append(2, "3/2", "4"));
        twice.CompleteAll();
        Assert.Equal("[3/2] 4", twice.Restart().LogText);
    }

    [Theory]
    [InlineData(0, "1 1 1 2 2")]
    [InlineData(2, "[3/1] 2 2")]
    [InlineData(3, "[3/1] 2 2")]
    public void A_crash_within_a_compaction_loses_nothing(int parts, string recovered)
    {
        CoreHarness server = CoreHarness.Follower("1 1 1 2 2", term: 2);
        server.Receive(server.Append(2, "5/2", commit: 4));
        server.Compact(3);

        Assert.Equal(recovered, server.Restart(parts).LogText);
    }

    [Theory]
    [InlineData(5, "2 2")]
    [InlineData(9, "2")]
    public void A_gap_between_snapshot_and_log_is_an_error(long first, string terms)
    {
        DurableState durable = new(T(4), S(0), SnapshotOf("3/2"), Entries(first, terms));

        ArgumentException error = Assert.Throws<ArgumentException>(() => CoreHarness.NotStarted(durable));
        Assert.Contains($"entry {first}/2 follows 3/2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_does_not_begin_at_one_without_a_snapshot_is_an_error() =>
        Assert.Throws<ArgumentException>(() => CoreHarness.NotStarted(new DurableState(T(4), S(0), null, Entries(2, "1 1"))));

    [Fact]
    public void A_gap_within_the_log_is_an_error() =>
        Assert.Throws<ArgumentException>(() => CoreHarness.NotStarted(new DurableState(T(4), S(0), null, [Entry(1, 1), Entry(3, 1)])));

    [Fact]
    public void A_log_whose_terms_fall_is_an_error() =>
        Assert.Throws<ArgumentException>(() => CoreHarness.NotStarted(Durable("1 3 2", term: 3)));

    // Term and vote are gone, the log is there: such a server would vote again in terms that it has voted in.
    [Theory]
    [InlineData("1 5", 0)]
    [InlineData("1 5", 4)]
    [InlineData("[3/5]", 2)]
    public void A_term_older_than_the_log_is_an_error(string log, long term) =>
        Assert.Throws<ArgumentException>(() => CoreHarness.NotStarted(Durable(log, term)));

    [Fact]
    public void A_leader_restarts_as_a_follower_with_the_entries_that_its_disk_holds()
    {
        CoreHarness leader = CoreHarness.Leader("1", term: 2);
        leader.Propose();
        leader.CompleteAll();
        leader.Propose();

        CoreHarness restarted = leader.Restart();

        Assert.Equal((Role.Follower, T(2), S(1)), (restarted.Core.Role, restarted.Core.CurrentTerm, restarted.Core.VotedFor));
        Assert.Equal("1 2", restarted.LogText);
        Assert.True(restarted.Propose().IsEmpty);
    }

    [Fact]
    public void A_term_that_was_heard_of_survives_a_restart()
    {
        CoreHarness server = CoreHarness.Follower("", term: 1);
        server.Receive(server.Vote(2, granted: false, term: 5));
        server.CompleteAll();

        CoreHarness restarted = server.Restart();

        Assert.Equal(T(5), restarted.Core.CurrentTerm);
        Assert.False(restarted.Receive(restarted.Append(2, "0/0", "1", term: 3)).Only<AppendEntriesReply>().Success);
        Assert.False(restarted.Receive(restarted.AskVote(2, term: 3, "9/3")).Only<RequestVoteReply>().VoteGranted);
        Assert.Equal(T(5), restarted.Core.CurrentTerm);
    }
}
