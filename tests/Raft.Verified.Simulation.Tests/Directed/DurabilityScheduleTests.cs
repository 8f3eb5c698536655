using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>Schedules in which servers crash after they have promised something.</summary>
public sealed class DurabilityScheduleTests : Script
{
    // P1, P6
    [Fact]
    public void A_vote_survives_a_crash()
    {
        S1.TimesOut();
        S2.TimesOut();
        Deliver(S1 >> S3, VoteRequest);
        Deliver(S3 >> S1, VoteReply);
        S3.Crashes();
        S3.Restarts();
        Assert.Equal((1L, S1.Id), (S3.Term, S3.VotedFor));

        Deliver(S2 >> S3, VoteRequest);

        Assert.False(Deliver(S3 >> S2, VoteReply).VoteGranted);
        Assert.Equal((Role.Leader, Role.Candidate), (S1.Role, S2.Role));
    }

    // P1, P6, where the vote is written by itself: the voter has learnt of the term before, from an answer.
    [Fact]
    public void A_vote_in_a_term_that_was_known_before_survives_a_crash()
    {
        S3.TimesOut();
        S2.TimesOut();
        S2.TimesOut();
        Deliver(S3 >> S2, VoteRequest);
        Deliver(S2 >> S3, VoteReply);
        Assert.Equal((2L, ServerId.None), (S3.Term, S3.VotedFor));
        RequestVote rival = Hold(S2 >> S3, VoteRequest.Where("of term 2", vote => vote.Term == new Term(2)));
        S1.TimesOut();
        Elect(S1, S3);
        S3.Crashes();
        S3.Restarts();
        Assert.Equal((2L, S1.Id), (S3.Term, S3.VotedFor));

        Deliver(rival);

        Assert.False(Deliver(S3 >> S2, VoteReply).VoteGranted);
        Assert.Equal((Role.Leader, Role.Candidate), (S1.Role, S2.Role));
    }

    // P2. The voter learns of the term from an answer, so that no vote is written along with it.
    [Fact]
    public void A_term_survives_a_crash()
    {
        S1.TimesOut();
        S1.TimesOut();
        DropAll();
        Elect(S1, S2);
        AppendEntries append = Hold(S1 >> S3, Append);
        RequestVote request = Hold(S1 >> S3, VoteRequest);
        S2.TimesOut();
        S2.TimesOut();
        S3.TimesOut();
        Deliver(S3 >> S2, VoteRequest);
        Deliver(S2 >> S3, VoteReply);
        DropAll();
        Assert.Equal((5L, ServerId.None), (S3.Term, S3.VotedFor));

        S3.Crashes();
        S3.Restarts();
        Assert.Equal((5L, ServerId.None), (S3.Term, S3.VotedFor));
        Deliver(request);
        Deliver(append);

        RequestVoteReply vote = Deliver(S3 >> S1, VoteReply);
        AppendEntriesReply answer = Deliver(S3 >> S1, AppendReply);
        Assert.Equal((new Term(3), new Term(3)), (vote.RequestTerm, answer.RequestTerm));
        Assert.Equal((false, new Term(5)), (vote.VoteGranted, vote.Term));
        Assert.Equal((false, new Term(5)), (answer.Success, answer.Term));
        Assert.Equal((5L, ServerId.None, ServerId.None), (S3.Term, S3.VotedFor, S3.Leader));
    }

    // P4
    [Fact]
    public void A_leader_counts_its_own_entry_only_once_its_disk_holds_it_and_then_it_stays()
    {
        Elect(S1, S2);
        S1.Propose("a");
        DeliverAll(S1, S2);
        Cut(S3);
        S1.HoldsDisk();
        IReadOnlyList<Task<ProposalResult>> answer = S1.Propose("b");
        DeliverAll(S1, S2);
        Assert.Equal(("a/1", "a/1 b/1", 1L, 2L), (S1.DiskLog, S2.DiskLog, S1.Commit, S1.MatchOf(S2)));
        Assert.False(answer[0].IsCompleted);

        S1.ReleasesDisk();
        Assert.Equal((2L, true), (S1.Commit, answer[0].IsCompletedSuccessfully));
        S1.Crashes();
        S2.Crashes();
        S1.Restarts();
        Connect(S3);
        DropAll();
        Assert.Equal("a/1 b/1", S1.Log);

        S3.TimesOut();
        S3.TimesOut();
        DeliverAll(S1, S3);
        Assert.Equal(Role.Candidate, S3.Role);
        Elect(S1, S3);
        S1.Propose("c");
        DeliverAll(S1, S3);
        Assert.Equal(("a/1 b/1 c/3", 3L), (S3.Log, S1.Commit));
    }

    // P5
    [Fact]
    public void An_entry_that_a_follower_has_acknowledged_survives_its_crash()
    {
        Elect(S1, S2);
        Cut(S3);
        S1.Propose("a");
        DeliverAll(S1, S2);
        S2.HoldsDisk();
        S1.Propose("b");
        Deliver(S1 >> S2, AppendOf(2, 2));
        Assert.Empty(HeldOn(S2 >> S1));
        Assert.Equal((1L, "a/1"), (S1.Commit, S2.DiskLog));
        S2.ReleasesDisk();
        Deliver(S2 >> S1, AppendReply);
        Assert.Equal(2, S1.Commit);

        S2.Crashes();
        S2.Restarts();
        S1.Crashes();
        Connect(S3);
        DropAll();
        Elect(S2, S3);
        S2.Propose("c");
        DeliverAll(S2, S3);

        Assert.Equal(("a/1 b/1 c/2", 3L), (S3.Log, S2.Commit));
    }

    // P8, one moment of it: the request is there, the promise is not durable, and nothing has been told. The rest is CrashPointTests.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_told_between_a_change_and_its_flush(int survivingParts)
    {
        S1.HoldsDisk();
        S2.HoldsDisk();
        S1.TimesOut();
        Assert.Empty(Sent);
        S1.ReleasesDisk();
        Deliver(S1 >> S2, VoteRequest);
        Assert.Empty(Sent.OfType<RequestVoteReply>());
        S2.Flushes();
        Deliver(S2 >> S1, VoteReply);
        S1.Propose("a", "b");
        S1.SendsHeartbeats();
        Deliver(S1 >> S2, AppendOf(1, 2));
        Assert.Empty(Sent.OfType<AppendEntriesReply>());

        S2.Crashes(survivingParts);
        S2.Restarts();

        Assert.Empty(Sent.OfType<AppendEntriesReply>());
        Assert.Equal(survivingParts > 0 ? "a/1 b/1" : "", S2.Log);
        Assert.Equal((0L, S1.Id), (S1.Commit, S2.VotedFor));
    }
}
