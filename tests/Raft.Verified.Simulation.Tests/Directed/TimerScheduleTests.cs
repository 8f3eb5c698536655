using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>Schedules in which the time-outs are given, and virtual time passes.</summary>
public sealed class TimerScheduleTests : Script
{
    // E1
    [Fact]
    public void A_request_that_is_refused_does_not_put_off_the_only_server_that_can_win()
    {
        S3.Draws(1000, 300, 300, 300);
        S2.Draws(1000, 1000, 1000, 500);
        Elect(S1, S2);
        Deliver(S1 >> S2, Append);
        Cut(S3);
        S1.Propose("x");
        DeliverAll(S1, S2);
        Deliver(S1 >> S3, VoteRequest);
        Connect(S3);
        S1.Crashes();
        Assert.Equal(("x/1", ""), (S2.Log, S3.Log));

        Pass(300);
        Assert.Equal(Role.Candidate, S3.Role);
        Deliver(S3 >> S2, VoteRequest);
        Assert.False(Deliver(S2 >> S3, VoteReply).VoteGranted);
        Pass(199);
        Assert.Equal((Role.Follower, 2L), (S2.Role, S2.Term));
        Pass(1);
        Assert.Equal((Role.Candidate, 3L), (S2.Role, S2.Term));

        Deliver(S2 >> S3, VoteRequest);
        Deliver(S3 >> S2, VoteReply);
        Assert.Equal(Role.Leader, S2.Role);
    }

    // E3
    [Fact]
    public void Granting_a_vote_gives_the_candidate_time_to_become_leader()
    {
        S1.Draws(999);
        S3.Draws(1000);
        Pass(999);
        Assert.Equal(Role.Candidate, S1.Role);
        Deliver(S1 >> S3, VoteRequest);
        Deliver(S3 >> S1, VoteReply);
        Assert.Equal(Role.Leader, S1.Role);
        Hold(S1 >> S3, Append);

        Pass(50);

        Assert.Equal((Role.Follower, 1L), (S3.Role, S3.Term));
        Assert.Equal((Role.Leader, 1L), (S1.Role, S1.Term));
    }

    // E4, E5, E21
    [Fact]
    public void Split_votes_end_with_the_first_time_outs_that_differ()
    {
        S1.Draws(300, 300, 300);
        S2.Draws(300, 300, 500);
        S3.Crashes();
        for (int attempt = 1; attempt <= 2; attempt++)
        {
            Pass(300);
            DeliverAll(S1, S2);
            Assert.Equal((Role.Candidate, Role.Candidate), (S1.Role, S2.Role));
            Assert.Equal((attempt, attempt), (S1.Term, S2.Term));
        }

        Pass(300);
        Assert.Equal((Role.Candidate, 3L), (S1.Role, S1.Term));
        Assert.Equal((Role.Candidate, 2L), (S2.Role, S2.Term));
        DeliverAll(S1, S2);

        Assert.Equal((Role.Leader, 3L), (S1.Role, S1.Term));
        Assert.Equal((Role.Follower, 3L, S1.Id), (S2.Role, S2.Term, S2.Leader));
    }

    // E5, the other half: what the random time-outs are for.
    [Fact]
    public void Equal_time_outs_split_every_vote_and_every_attempt_has_its_own_term()
    {
        S1.Draws([.. Enumerable.Repeat(300, 10)]);
        S2.Draws([.. Enumerable.Repeat(300, 10)]);
        S3.Crashes();
        for (int attempt = 1; attempt <= 10; attempt++)
        {
            Pass(300);
            DeliverAll(S1, S2);
            Assert.Equal((Role.Candidate, Role.Candidate), (S1.Role, S2.Role));
            Assert.Equal((attempt, attempt), (S1.Term, S2.Term));
        }
    }
}
