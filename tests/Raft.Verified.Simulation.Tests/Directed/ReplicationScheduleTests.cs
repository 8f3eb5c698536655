using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>Schedules of appends and their answers that come late, twice or in another order.</summary>
public sealed class ReplicationScheduleTests : Script
{
    // R3
    [Fact]
    public void A_shorter_append_that_comes_late_takes_no_acknowledged_entry_away()
    {
        Elect(S1, S2);
        S1.Propose("a");
        DeliverAll(S1, S2, S3);
        S1.SendsHeartbeats();
        DeliverAll(S1, S2, S3);
        S1.Crashes();
        S1.Restarts();
        Elect(S1, S3);
        DropAll();
        S1.Propose("b", "c");
        S1.SendsHeartbeats();
        AppendEntries early = Hold(S1 >> S2, AppendOf(2, 3));
        S1.Propose("d", "e");
        S1.SendsHeartbeats();
        Deliver(S1 >> S2, AppendOf(2, 5));
        Deliver(S2 >> S1, AppendReply);
        Assert.Equal(5, S1.Commit);

        Deliver(early);
        Assert.Equal("a/1 b/2 c/2 d/2 e/2", S2.Log);
        S1.Crashes();
        DropAll();
        S3.TimesOut();
        Deliver(S3 >> S2, VoteRequest);
        Assert.False(Deliver(S2 >> S3, VoteReply).VoteGranted);
        Elect(S2, S3);
        S2.Propose("f");
        DeliverAll(S2, S3);

        Assert.Equal("a/1 b/2 c/2 d/2 e/2 f/4", S3.Log);
        Assert.Equal("1 2 3 4 5 6", S2.Delivered);
    }

    // R4
    [Fact]
    public void A_conflict_takes_the_whole_tail_along()
    {
        OneEverywhere(leader: S2);
        Cut(S2);
        S2.Propose("p", "q", "r", "s", "t");
        Assert.Equal("a/1 p/1 q/1 r/1 s/1 t/1", S2.Log);
        Elect(S1, S3);
        DropAll();
        S1.Propose("b");
        Connect(S2);
        S1.SendsHeartbeats();

        Deliver(S1 >> S2, AppendOf(2, 2));

        Assert.Equal(("a/1 b/2", "a/1 b/2"), (S2.Log, S2.DiskLog));
        Deliver(S2 >> S1, AppendReply);
        Assert.Equal((2L, 2L), (S1.MatchOf(S2), S1.Commit));
    }

    // R8. A leader of this project always sends the first entry that conflicts, so that no request of its own ends before the follower's unverified
    // tail while its commit index lies in it; another leader's may, and a follower has to bear it.
    [Fact]
    public void An_empty_append_commits_nothing_that_it_has_not_verified()
    {
        TailOfOldTermOnS2();

        DeliverUnsent(new AppendEntries(S3.Id, S2.Id, new Term(S3.Term), LogIndex.Zero, Term.Zero, default, new LogIndex(3)));

        Assert.Equal((0L, "a/1 b/1 c/1", ""), (S2.Commit, S2.Log, S2.Delivered));
        CatchUpS2();
    }

    // R9: the append is cut short below the leader's commit index.
    [Fact]
    public void An_append_cut_short_commits_no_further_than_it_reaches()
    {
        Settings = Settings with { MaxEntriesPerAppend = 1 };
        TailOfOldTermOnS2();
        S3.SendsHeartbeats();

        AppendEntries append = Deliver(S3 >> S2, AppendOf(1, 1));

        Assert.Equal(3, append.LeaderCommit.Value);
        Assert.Equal((1L, "x/2", "1"), (S2.Commit, S2.Log, S2.Delivered));
        CatchUpS2();
    }

    // R12
    [Fact]
    public void A_match_index_is_what_each_request_carried_in_whatever_order_the_replies_come()
    {
        OneEverywhere(leader: S1);
        S1.Crashes();
        S1.Restarts();
        Elect(S1, S3);
        DropAll();
        S1.Propose("b");
        S1.SendsHeartbeats();
        AppendEntries first = Hold(S1 >> S2, AppendOf(2, 2));
        S1.Propose("c");
        S1.SendsHeartbeats();
        Deliver(S1 >> S2, AppendOf(2, 3));
        Deliver(S2 >> S1, AppendReply);
        Assert.Equal((3L, 4L), (S1.MatchOf(S2), S1.NextOf(S2)));
        S1.Propose("d");

        Deliver(first);
        Deliver(S2 >> S1, AppendReply);

        Assert.Equal((3L, 3L), (S1.MatchOf(S2), S1.Commit));
        Assert.Equal("a/1 b/2 c/2", S2.Log);
    }

    // R13
    [Fact]
    public void A_match_index_does_not_count_what_was_proposed_after_the_request()
    {
        OneEverywhere(leader: S1);
        S1.Propose("b");
        Deliver(S1 >> S2, AppendOf(2, 2));
        S1.Propose("c");

        Deliver(S2 >> S1, AppendReply);

        Assert.Equal((2L, 2L, "a/1 b/1 c/1"), (S1.MatchOf(S2), S1.Commit, S1.Log));
    }

    // R27. The server has no handler that waits for an answer and goes on in a newer term: replies are messages, each handled at once. What is left of
    // the row is the refusal that arrives when its leader leads again, in a later term than the refusal's own.
    [Fact]
    public void A_refusal_of_a_request_of_an_earlier_term_changes_no_next_index()
    {
        OneEverywhere(leader: S1);
        S1.Crashes();
        S1.Restarts();
        Elect(S1, S3);
        S2.TimesOut();
        S2.TimesOut();
        Deliver(S1 >> S2, Append);
        AppendEntriesReply refusal = Hold(S2 >> S1, AppendReply);
        Assert.Equal((new Term(2), new Term(3), false), (refusal.RequestTerm, refusal.Term, refusal.Success));
        Deliver(S2 >> S1, VoteRequest.Where("of term 3", request => request.Term == new Term(3)));
        DropAll();
        Assert.Equal((Role.Follower, 3L), (S1.Role, S1.Term));
        Elect(S1, S3);
        Assert.Equal((4L, 2L), (S1.Term, S1.NextOf(S2)));
        DropAll();

        Deliver(refusal);

        Assert.Equal((Role.Leader, 2L, 0L), (S1.Role, S1.NextOf(S2), S1.MatchOf(S2)));
        Assert.Empty(HeldOn(S1 >> S2));
    }

    // R27, the moment itself: the refusal of a newer term deposes the leader and is no log mismatch.
    [Fact]
    public void A_refusal_of_a_newer_term_deposes_the_leader_and_makes_it_send_nothing()
    {
        OneEverywhere(leader: S1);
        S2.TimesOut();
        S1.SendsHeartbeats();
        Deliver(S1 >> S2, Append);
        AppendEntriesReply refusal = Hold(S2 >> S1, AppendReply);
        int sent = Sent.Count;

        Deliver(refusal);

        Assert.Equal((Role.Follower, 2L), (S1.Role, S1.Term));
        Assert.Equal(sent, Sent.Count);
    }

    // R28
    [Fact]
    public void An_append_of_an_older_term_is_refused()
    {
        Elect(S1, S2);
        S1.Propose("x");
        S1.SendsHeartbeats();
        AppendEntries late = Hold(S1 >> S3, AppendOf(1, 1));
        DropAll();
        Elect(S2, S3);
        S2.Propose("y");
        DeliverAll(S2, S3);
        Assert.Equal((1L, "y/2"), (S2.Commit, S3.Log));

        Deliver(late);

        Assert.Equal(("y/2", "y/2", 2L, S2.Id), (S3.Log, S3.DiskLog, S3.Term, S3.Leader));
        AppendEntriesReply answer = Deliver(S3 >> S1, AppendReply);
        Assert.Equal((false, new Term(2)), (answer.Success, answer.Term));
        Assert.Equal(Role.Follower, S1.Role);
    }

    // An entry a of term 1 that all have and know to be committed.
    private void OneEverywhere(ScriptedServer leader)
    {
        Elect(leader, leader == S3 ? S1 : S3);
        leader.Propose("a");
        DeliverAll(S1, S2, S3);
        leader.SendsHeartbeats();
        DeliverAll(S1, S2, S3);
        Assert.All(Servers, server => Assert.Equal(("a/1", 1L), (server.Log, server.Commit)));
    }

    // S2 holds a, b, c of term 1, not committed; S3 leads term 2 and has committed x, y, z with S1.
    private void TailOfOldTermOnS2()
    {
        Elect(S2, S3);
        Cut(S2);
        S2.Propose("a", "b", "c");
        DropAll();
        Elect(S3, S1);
        S3.Propose("x", "y", "z");
        DeliverAll(S1, S3);
        S3.SendsHeartbeats();
        DeliverAll(S1, S3);
        Connect(S2);
        Assert.Equal((3L, "a/1 b/1 c/1", 0L), (S3.Commit, S2.Log, S2.Commit));
    }

    private void CatchUpS2()
    {
        S3.SendsHeartbeats();
        DeliverAll(S2, S3);
        S3.SendsHeartbeats();
        DeliverAll(S2, S3);
        Assert.Equal(("x/2 y/2 z/2", 3L), (S2.Log, S2.Commit));
    }
}
