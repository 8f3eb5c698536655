using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Paper, sections 5.2 and 5.4.1, and Figure 2 "RequestVote RPC, receiver implementation".</summary>
public sealed class VoteTests
{
    [Theory]
    [InlineData("", "0/0", true)]
    [InlineData("", "1/1", true)]
    [InlineData("1", "0/0", false)]
    [InlineData("1 1", "2/1", true)]
    [InlineData("1 1", "3/1", true)]
    [InlineData("1 1", "1/1", false)]
    [InlineData("1 1 1 1", "2/2", true)]
    [InlineData("1 2", "4/1", false)]
    [InlineData("1 2", "2/3", true)]
    [InlineData("1 3", "9/2", false)]
    [InlineData("[5/2]", "5/2", true)]
    [InlineData("[5/2]", "6/2", true)]
    [InlineData("[5/2]", "4/2", false)]
    [InlineData("[5/2]", "9/1", false)]
    [InlineData("[5/2]", "3/3", true)]
    [InlineData("[5/2]", "0/0", false)]
    [InlineData("[5/2] 3", "6/2", false)]
    [InlineData("[5/2] 3", "6/3", true)]
    public void A_vote_goes_to_a_log_at_least_as_up_to_date(string voterLog, string candidateLast, bool granted)
    {
        CoreHarness voter = CoreHarness.Follower(voterLog, term: 4);

        Step step = voter.Receive(voter.AskVote(2, term: 5, candidateLast));

        Assert.Equal(new RequestVoteReply(S(1), S(2), T(5), T(5), granted), step.Only<RequestVoteReply>());
        Assert.Equal(granted ? S(2) : ServerId.None, voter.Core.VotedFor);
        Assert.Equal((T(5), voter.Core.VotedFor), step.Write!.TermAndVote);
    }

    [Fact]
    public void A_server_votes_for_one_candidate_a_term()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.AskVote(2, term: 1, "0/0"));

        Step step = voter.Receive(voter.AskVote(3, term: 1, "9/9"));

        Assert.False(step.Only<RequestVoteReply>().VoteGranted);
        Assert.Equal(S(2), voter.Core.VotedFor);
        Assert.Null(step.Write);
    }

    [Fact]
    public void A_repeated_request_of_the_same_candidate_is_granted_again_without_a_write()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        Step first = voter.Receive(voter.AskVote(2, term: 1, "0/0"));

        Step again = voter.Receive(voter.AskVote(2, term: 1, "0/0"));

        Assert.True(again.Only<RequestVoteReply>().VoteGranted);
        Assert.Null(again.Write);
        Assert.Equal(first.Write!.Id, Assert.Single(again.Messages).After);
        Assert.Single(voter.EventsOf(RaftEventKind.Voted));

        voter.CompleteAll();
        Assert.Equal(WriteId.None, Assert.Single(voter.Receive(voter.AskVote(2, term: 1, "0/0")).Messages).After);
    }

    [Fact]
    public void A_new_term_frees_the_vote()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 1, votedFor: 2);

        Step step = voter.Receive(voter.AskVote(3, term: 2, "0/0"));

        Assert.True(step.Only<RequestVoteReply>().VoteGranted);
        Assert.Equal((T(2), S(3)), step.Write!.TermAndVote);
    }

    [Fact]
    public void A_request_of_an_older_term_is_refused_with_the_newer_one()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 5);

        Step step = voter.Receive(voter.AskVote(2, term: 4, "9/4"));

        Assert.Equal(new RequestVoteReply(S(1), S(2), T(5), T(4), false), step.Only<RequestVoteReply>());
        Assert.Equal(ServerId.None, voter.Core.VotedFor);
        Assert.Equal(T(5), voter.Core.CurrentTerm);
        Assert.Null(step.Write);
    }

    [Fact]
    public void A_refused_request_of_a_newer_term_still_brings_the_term()
    {
        CoreHarness voter = CoreHarness.Follower("2 2", term: 2);

        Step step = voter.Receive(voter.AskVote(2, term: 7, "9/1"));

        Assert.False(step.Only<RequestVoteReply>().VoteGranted);
        Assert.Equal(T(7), voter.Core.CurrentTerm);
        Assert.Equal((T(7), ServerId.None), step.Write!.TermAndVote);
    }

    [Fact]
    public void A_vote_waits_until_it_is_durable_together_with_its_term()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);

        Step step = voter.Receive(voter.AskVote(2, term: 1, "0/0"));

        Assert.Equal((T(1), S(2)), step.Write!.TermAndVote);
        Assert.Null(step.Write.LogFrom);
        Assert.Null(step.Write.Snapshot);
        Assert.Equal(step.Write.Id, Assert.Single(step.Messages).After);
    }

    [Fact]
    public void A_refusal_waits_for_earlier_writes()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.AskVote(2, term: 1, "0/0"));
        WriteId second = voter.Receive(voter.Append(2, "0/0", "1")).Write!.Id;

        Step step = voter.Receive(voter.AskVote(3, term: 1, "9/1"));

        Assert.Equal(second, Assert.Single(step.Messages).After);
    }

    [Theory]
    [InlineData(Role.Candidate)]
    [InlineData(Role.Leader)]
    public void A_server_that_campaigned_refuses_the_others_of_its_term(Role role)
    {
        CoreHarness voter = role == Role.Leader ? CoreHarness.Leader("", term: 3) : CoreHarness.Candidate("", term: 3);

        Step step = voter.Receive(voter.AskVote(2, term: 3, "9/2"));

        Assert.False(step.Only<RequestVoteReply>().VoteGranted);
        Assert.Equal(role, voter.Core.Role);
        Assert.Equal(S(1), voter.Core.VotedFor);
    }

    [Fact]
    public void A_follower_keeps_its_vote_across_a_restart()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.AskVote(2, term: 1, "0/0"));
        voter.CompleteAll();

        voter = voter.Restart();

        Assert.Equal((T(1), S(2)), (voter.Core.CurrentTerm, voter.Core.VotedFor));
        Assert.False(voter.Receive(voter.AskVote(3, term: 1, "0/0")).Only<RequestVoteReply>().VoteGranted);
        Assert.True(voter.Receive(voter.AskVote(2, term: 1, "0/0")).Only<RequestVoteReply>().VoteGranted);
    }

    [Fact]
    public void A_candidate_keeps_its_own_vote_across_a_restart()
    {
        CoreHarness candidate = CoreHarness.Candidate("", term: 1);

        CoreHarness voter = candidate.Restart();

        Assert.Equal(Role.Follower, voter.Core.Role);
        Assert.False(voter.Receive(voter.AskVote(2, term: 1, "5/1")).Only<RequestVoteReply>().VoteGranted);
    }

    [Fact]
    public void A_vote_that_was_not_durable_was_told_to_nobody()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        Step step = voter.Receive(voter.AskVote(2, term: 1, "0/0"));
        Assert.NotEqual(WriteId.None, Assert.Single(step.Messages).After);

        voter = voter.Restart();

        Assert.Equal(T(0), voter.Core.CurrentTerm);
        Assert.True(voter.Receive(voter.AskVote(3, term: 1, "0/0")).Only<RequestVoteReply>().VoteGranted);
    }

    [Fact]
    public void An_append_of_the_same_term_does_not_free_the_vote()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.AskVote(2, term: 5, "0/0"));
        voter.Receive(voter.Append(2, "0/0", term: 5));

        Step step = voter.Receive(voter.AskVote(3, term: 5, "0/0"));

        Assert.False(step.Only<RequestVoteReply>().VoteGranted);
        Assert.Equal(S(2), voter.Core.VotedFor);
    }

    [Fact]
    public void A_candidate_that_steps_down_within_its_term_keeps_its_vote()
    {
        CoreHarness voter = CoreHarness.Candidate("", term: 5);
        voter.Receive(voter.Append(2, "0/0"));

        Assert.False(voter.Receive(voter.AskVote(3, term: 5, "0/0")).Only<RequestVoteReply>().VoteGranted);
    }

    [Fact]
    public void A_server_without_a_vote_of_its_leaders_term_may_still_give_it()
    {
        CoreHarness voter = CoreHarness.Follower("", term: 0);
        voter.Receive(voter.Append(2, "0/0", term: 5));
        voter.CompleteAll();

        Step step = voter.Receive(voter.AskVote(3, term: 5, "0/0"));

        Assert.True(step.Only<RequestVoteReply>().VoteGranted);
        Assert.Equal((T(5), S(3)), step.Write!.TermAndVote);
    }
}
