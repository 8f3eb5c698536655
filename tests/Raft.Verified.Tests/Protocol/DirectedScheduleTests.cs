using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Schedules that real implementations got wrong, delivered message by message.</summary>
public sealed class DirectedScheduleTests
{
    [Fact]
    public void Two_candidates_of_one_term_do_not_both_get_the_vote_of_the_third()
    {
        Cluster cluster = new(3);
        cluster.Timeout(1);
        cluster.Timeout(2);
        cluster.Deliver<RequestVote>(1, 3);
        cluster.Deliver<RequestVote>(2, 3);
        cluster.Deliver<RequestVoteReply>(3, 1);
        cluster.Deliver<RequestVoteReply>(3, 2);

        Assert.Equal([Role.Leader, Role.Candidate, Role.Follower], cluster.Servers.Select(id => cluster[id].Core.Role));
    }

    [Fact]
    public void A_vote_is_not_forgotten_when_the_leader_it_went_to_is_followed()
    {
        Cluster cluster = new(3);
        cluster.Timeout(1);
        cluster.Timeout(2);
        RequestVote held = cluster.Hold<RequestVote>(2, 3);
        cluster.Deliver<RequestVote>(1, 3);
        cluster.Deliver<RequestVoteReply>(3, 1);
        cluster.Deliver<AppendEntries>(1, 3);

        cluster.Hand(held);

        Assert.False(cluster.Deliver<RequestVoteReply>(3, 2).VoteGranted);
        Assert.Equal(Role.Candidate, cluster[2].Core.Role);
    }

    [Fact]
    public void A_vote_is_not_forgotten_in_a_crash()
    {
        Cluster cluster = new(3);
        cluster.Timeout(1);
        cluster.Timeout(2);
        cluster.Deliver<RequestVote>(1, 3);
        cluster.Deliver<RequestVoteReply>(3, 1);
        cluster.Crash(3);
        cluster.Restart(3);

        cluster.Deliver<RequestVote>(2, 3);

        Assert.False(cluster.Deliver<RequestVoteReply>(3, 2).VoteGranted);
    }

    [Fact]
    public void A_split_vote_is_tried_again_in_a_higher_term()
    {
        Cluster cluster = new(2);
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            cluster.Timeout(1);
            cluster.Timeout(2);
            cluster.Settle(1, 2);
            foreach (RaftCore core in cluster.Servers.Select(id => cluster[id].Core))
            {
                Assert.Equal((Role.Candidate, T(attempt)), (core.Role, core.CurrentTerm));
            }
        }

        cluster.Timeout(2);
        cluster.Settle(1, 2);
        Assert.Equal((Role.Leader, T(3)), (cluster[2].Core.Role, cluster[2].Core.CurrentTerm));
        Assert.Equal(S(2), cluster[1].Core.LeaderId);
    }

    [Theory]
    [InlineData("1 1 1 1 1", "1 2", 2)]
    [InlineData("1 2", "1 1 1 1 1", 1)]
    [InlineData("1 1 1", "1 1", 1)]
    public void With_the_third_server_down_the_more_up_to_date_of_two_logs_wins(string first, string second, int winner)
    {
        Cluster cluster = new(3, id => Durable(id == 1 ? first : id == 2 ? second : "", 2), emptyEntry: true);
        cluster.Crash(3);
        int loser = 3 - winner;
        cluster.Timeout(loser);
        cluster.Settle(1, 2);
        Assert.NotEqual(Role.Leader, cluster[loser].Core.Role);

        cluster.Timeout(winner);
        cluster.Settle(1, 2);

        Assert.Equal(Role.Leader, cluster[winner].Core.Role);
        Assert.Equal(cluster.LogOf(winner), cluster.LogOf(loser));
    }

    [Theory]
    [InlineData("reply")]
    [InlineData("request")]
    public void A_leader_of_an_old_term_steps_down_at_once(string by)
    {
        Cluster cluster = new(3);
        cluster.Elect(1, 3);
        cluster.InFlight.Clear();
        cluster.Elect(2, 3);
        cluster.InFlight.Clear();
        if (by == "reply")
        {
            cluster.Heartbeat(1);
            cluster.Deliver<AppendEntries>(1, 3);
            cluster.Deliver<AppendEntriesReply>(3, 1);
        }
        else
        {
            cluster.Timeout(3);
            cluster.Deliver<RequestVote>(3, 1);
            Assert.True(cluster.Deliver<RequestVoteReply>(1, 3).VoteGranted);
        }

        Assert.Equal(Role.Follower, cluster[1].Core.Role);
        Assert.Equal(cluster[3].Core.CurrentTerm, cluster[1].Core.CurrentTerm);
    }

    [Fact]
    public void A_leaders_own_entry_that_counted_for_the_commit_survives_its_crash()
    {
        Cluster cluster = new(3);
        cluster.Elect(1, 2);
        cluster.Propose(1, 2);
        cluster.Settle(1, 2);
        Assert.Equal(At(2), cluster[1].Core.CommitIndex);
        cluster.Crash(1);
        cluster.Crash(2);
        cluster.Restart(1);

        cluster.Timeout(3);
        cluster.Settle(1, 3);
        Assert.NotEqual(Role.Leader, cluster[3].Core.Role);

        cluster.Elect(1, 3);
        cluster.Propose(1);
        cluster.Settle(1, 3);
        Assert.Equal("1,1", cluster.AppliedBy(1)[..3]);
    }

    [Fact]
    public void A_followers_acknowledged_entry_survives_its_crash()
    {
        Cluster cluster = new(3);
        cluster.Elect(1, 2);
        cluster.Propose(1, 2);
        cluster.Settle(1, 2);
        cluster.Crash(2);
        cluster.Restart(2);
        cluster.Crash(1);

        cluster.Elect(2, 3);
        cluster.Propose(2);
        cluster.Settle(2, 3);

        Assert.StartsWith("1,1,", cluster.AppliedBy(2), StringComparison.Ordinal);
        Assert.StartsWith("1 1 ", cluster.LogOf(3), StringComparison.Ordinal);
    }

    // The crash comes at every place between the message that asks for a promise and the durable promise: nothing that was told is
    // undone (checked with every message), and nobody acts on what was not told.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_is_told_before_the_whole_write_is_durable(int parts)
    {
        Cluster cluster = new(3) { InstantDisks = false };
        cluster.Timeout(1);
        Assert.Empty(cluster.InFlight);
        cluster.CompleteWrite(1);
        cluster.Deliver<RequestVote>(1, 2);
        Assert.Empty(cluster.InFlight.OfType<RequestVoteReply>());
        cluster.CompleteWrite(2);
        cluster.Deliver<RequestVoteReply>(2, 1);
        cluster.Deliver<AppendEntries>(1, 2);
        cluster.Deliver<AppendEntriesReply>(2, 1);
        cluster.Propose(1);
        cluster.Deliver<AppendEntries>(1, 2);
        Assert.Empty(cluster.InFlight.OfType<AppendEntriesReply>());

        cluster.Crash(2, parts);
        cluster.Restart(2);

        Assert.Equal("", cluster.LogOf(2));
        Assert.Empty(cluster.InFlight.OfType<AppendEntriesReply>());
        Assert.Equal(At(0), cluster[1].Core.CommitIndex);
    }

    [Fact]
    public void A_shorter_append_that_was_delayed_does_not_take_acknowledged_entries_away()
    {
        Cluster cluster = new(3);
        cluster.Elect(1, 2, 3);
        cluster.Settle(1, 2, 3);
        cluster.Propose(1);
        cluster.Settle(1, 2, 3);
        cluster.Propose(1, 2);
        AppendEntries held = cluster.Hold<AppendEntries>(1, 2);
        cluster.InFlight.Clear();
        cluster.Propose(1, 2);
        cluster.Heartbeat(1);
        cluster.Settle(1, 2);
        Assert.Equal(At(5), cluster[1].Core.CommitIndex);

        cluster.Hand(held);
        Assert.Equal("1 1 1 1 1", cluster.LogOf(2));

        cluster.Crash(1);
        cluster.InFlight.Clear();
        cluster.Elect(2, 3);
        cluster.Propose(2);
        cluster.Settle(2, 3);
        Assert.Equal("1,1,1,1,1,2", cluster.AppliedBy(2));
    }

    [Fact]
    public void An_empty_append_does_not_commit_what_it_has_not_verified()
    {
        Cluster cluster = new(3, id => Durable(id == 2 ? "1 1 1" : "", 1));
        cluster.Elect(3, 1);
        cluster.Propose(3, 3);
        cluster.Settle(1, 3);
        Assert.Equal(At(3), cluster[3].Core.CommitIndex);

        cluster.Hand(new AppendEntries(S(3), S(2), cluster[3].Core.CurrentTerm, At(0), T(0), default, At(3)));
        Assert.Equal(At(0), cluster[2].Core.CommitIndex);

        cluster.Heartbeat(3);
        cluster.Settle(1, 2, 3);
        Assert.Equal("2 2 2", cluster.LogOf(2));
    }

    [Fact]
    public void A_match_index_is_what_each_request_carried_in_whatever_order_the_replies_come()
    {
        Cluster cluster = new(3);
        cluster.Elect(1, 2, 3);
        cluster.Settle(1, 2);
        cluster.Propose(1);
        cluster.Propose(1, 2);
        cluster.Deliver<AppendEntries>(1, 2);
        cluster.Deliver<AppendEntries>(1, 2);
        AppendEntriesReply first = cluster.Hold<AppendEntriesReply>(2, 1);
        cluster.Propose(1);

        cluster.Deliver<AppendEntriesReply>(2, 1);
        Assert.Equal(At(3), cluster[1].Progress(2).MatchIndex);
        cluster.Hand(first);
        Assert.Equal(At(3), cluster[1].Progress(2).MatchIndex);
    }

    [Fact]
    public void A_snapshot_that_is_delivered_twice_takes_nothing_back()
    {
        Cluster cluster = new(3);
        cluster.Elect(1, 3);
        cluster.Propose(1, 9);
        cluster.Settle(1, 3);
        cluster.Compact(1, 9);
        cluster.Heartbeat(1);
        InstallSnapshot snapshot = cluster.Hold<InstallSnapshot>(1, 2);
        cluster.Hand(snapshot);
        cluster.Propose(1, 6);
        cluster.Settle(1, 2);
        cluster.Heartbeat(1);
        cluster.Settle(1, 2);
        Assert.Equal((At(15), At(15)), (cluster[1].Core.CommitIndex, cluster[2].Core.LastApplied));

        cluster.Hand(snapshot);
        cluster.InFlight.Clear();
        Assert.Equal("[9/1] 1 1 1 1 1 1", cluster.LogOf(2));

        cluster.Crash(1);
        cluster.Elect(2, 3);
        cluster.Propose(2);
        cluster.Settle(2, 3);
        Assert.Equal(At(16), cluster[2].Core.CommitIndex);
        Assert.Equal(cluster.AppliedBy(2)[..29], string.Join(',', Enumerable.Repeat(1, 15)));
    }
}
