using Raft.Verified.Protocol;
using Raft.Verified.Simulation.Scripts;
using Xunit;

namespace Raft.Verified.Tests.Directed;

/// <summary>Schedules of votes and of leaders that are deposed. Each is named after what must hold in it.</summary>
public sealed class ElectionScheduleTests : Script
{
    // E10
    [Fact]
    public void Two_candidates_of_one_term_do_not_both_get_the_vote_of_the_third()
    {
        S1.TimesOut();
        S2.TimesOut();
        Deliver(S1 >> S3, VoteRequest);
        Deliver(S2 >> S3, VoteRequest);
        Assert.True(Deliver(S3 >> S1, VoteReply).VoteGranted);
        Assert.False(Deliver(S3 >> S2, VoteReply).VoteGranted);

        Assert.Equal([Role.Leader, Role.Candidate, Role.Follower], Servers.Select(server => server.Role));
        Assert.Equal([1, 1, 1], Servers.Select(server => server.Term));
    }

    // E11
    [Fact]
    public void A_vote_is_not_forgotten_when_its_leader_is_followed()
    {
        S1.TimesOut();
        S2.TimesOut();
        Deliver(S1 >> S3, VoteRequest);
        Deliver(S3 >> S1, VoteReply);
        Deliver(S1 >> S3, Append);

        Deliver(S2 >> S3, VoteRequest);

        Assert.False(Deliver(S3 >> S2, VoteReply).VoteGranted);
        Assert.Equal((Role.Candidate, S1.Id), (S2.Role, S3.VotedFor));
    }

    // E20: the requests wait for the candidate's own vote to be durable, and meanwhile the server enters a newer term.
    [Fact]
    public void A_request_for_votes_names_the_term_of_its_campaign_however_late_it_leaves()
    {
        LetTermPass(S3, 3);
        Deliver(S3 >> S1, VoteRequest.Where("of term 3", request => request.Term == new Term(3)));
        Deliver(S3 >> S2, VoteRequest.Where("of term 3", request => request.Term == new Term(3)));
        S1.HoldsDisk();
        S1.TimesOut();
        Assert.Equal((Role.Candidate, 4L), (S1.Role, S1.Term));
        LetTermPass(S2, 1);
        Elect(S2, S3);
        DropAll();

        S2.SendsHeartbeats();
        Deliver(S2 >> S1, Append);
        Assert.Equal((Role.Follower, 5L, S2.Id), (S1.Role, S1.Term, S1.Leader));
        S1.ReleasesDisk();

        Assert.Equal([4, 4], Sent.OfType<RequestVote>().Where(request => request.From == S1.Id).Select(request => request.Term.Value));
        Deliver(S1 >> S3, VoteRequest);
        Assert.False(Deliver(S3 >> S1, VoteReply).VoteGranted);
        Assert.Equal((Role.Leader, Role.Follower), (S2.Role, S1.Role));
    }

    // E6
    [Fact]
    public void A_leader_steps_down_on_a_newer_term_in_a_reply()
    {
        Elect(S1, S3);
        Cut(S1);
        LetTermPass(S2, 1);
        Elect(S2, S3);
        Cut(S2);
        Connect(S1, S3);
        DropAll();

        S1.SendsHeartbeats();
        Deliver(S1 >> S3, Append);
        Deliver(S3 >> S1, AppendReply);

        Assert.Equal((Role.Follower, 2L), (S1.Role, S1.Term));
        Assert.Empty(HeldOn(S3 >> S1));
        S1.TimesOut();
        Assert.Equal((Role.Candidate, 3L), (S1.Role, S1.Term));
    }

    // E7
    [Fact]
    public void A_leader_steps_down_on_a_newer_term_in_a_request_and_votes_if_the_log_allows()
    {
        LetTermPass(S1, 1);
        Elect(S1, S2);
        DropAll();
        Cut(S3);
        LetTermPass(S3, 6);
        Connect(S3);
        S3.TimesOut();

        Deliver(S3 >> S1, VoteRequest);

        Assert.Equal((Role.Follower, 7L, S3.Id), (S1.Role, S1.Term, S1.VotedFor));
        Assert.True(Deliver(S1 >> S3, VoteReply).VoteGranted);
        Assert.Equal(Role.Leader, S3.Role);
    }

    // E19
    [Fact]
    public void A_candidate_follows_the_leader_of_its_own_term()
    {
        LetTermPass(S1, 3);
        LetTermPass(S2, 3);
        S2.TimesOut();
        Elect(S1, S3);
        S1.Propose("x");
        S1.SendsHeartbeats();
        Assert.Equal((Role.Candidate, 4L), (S2.Role, S2.Term));

        Deliver(S1 >> S2, AppendOf(1, 1));

        Assert.Equal((Role.Follower, 4L, S1.Id, "x/4"), (S2.Role, S2.Term, S2.Leader, S2.Log));
        Assert.True(Deliver(S2 >> S1, AppendReply).Success);
    }

    // A server that campaigns in vain, so many times.
    private void LetTermPass(ScriptedServer server, int terms)
    {
        for (int i = 0; i < terms; i++)
        {
            server.TimesOut();
        }
    }
}
