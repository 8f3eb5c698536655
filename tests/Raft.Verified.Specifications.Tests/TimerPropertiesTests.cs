using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>When the election timer starts anew.</summary>
public sealed class TimerPropertiesTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void A_reset_for_a_vote_that_is_refused_violates_the_discipline() =>
        Follower(term: 2).Receive(Vote(S2, 2)).ResetTimer(1).Violates("S1, Follower of term 2 with its vote for nobody", "\"RequestVote t2", "from S2, gives no reason");

    [Fact]
    public void A_reset_for_a_candidate_that_has_the_vote_but_does_not_deserve_it_any_more_violates_the_discipline() =>
        Follower(term: 2).Receive(Vote(S2, 2)).Vote(1, 2, 2).ResetTimer(1).Append(1, EventScript.Entry(1, 2)).Fine()
            .Receive(Vote(S2, 2)).ResetTimer(1).Violates("with its vote for S2", "gives no reason");

    [Fact]
    public void A_reset_for_a_message_from_an_older_term_violates_the_discipline()
    {
        Follower(term: 2).Receive(Heartbeat(S2, 1)).ResetTimer(1).Violates("\"Append t1", "gives no reason");
        Follower(term: 2).Receive(Chunk(S2, 1)).ResetTimer(1).Violates("\"Snapshot t1", "gives no reason");
        Follower(term: 2).Receive(Vote(S2, 1)).ResetTimer(1).Violates("\"RequestVote t1", "gives no reason");
    }

    [Fact]
    public void A_reset_for_a_reply_or_for_a_mere_change_of_term_violates_the_discipline()
    {
        Follower(term: 2).Receive(new RequestVoteReply(S2, S1, new(2), new(2), true)).ResetTimer(1).Violates("gives no reason");
        Follower(term: 2).Receive(Vote(S2, 3)).Term(1, 3).ResetTimer(1).Violates("S1, Follower of term 3", "gives no reason");
    }

    [Fact]
    public void A_second_reset_after_an_election_began_violates_the_discipline() =>
        Follower(term: 2).Term(1, 3).Vote(1, 3, 1).Become(Role.Candidate, 1).ResetTimer(1).Fine()
            .ResetTimer(1).Violates("S1, Candidate of term 3", "already started the timer for its current election");

    [Fact]
    public void A_leader_that_starts_its_timer_violates_the_discipline() =>
        Follower(term: 2).Term(1, 3).Vote(1, 3, 1).Become(Role.Candidate, 1).ResetTimer(1).Become(Role.Leader, 1)
            .Receive(Heartbeat(S2, 3)).ResetTimer(1).Violates("S1, Leader of term 3", "gives no reason");

    [Fact]
    public void A_granted_vote_without_a_reset_violates_the_discipline()
    {
        Follower(term: 2).Receive(Vote(S2, 2)).Vote(1, 2, 2).Fine().Receive(Heartbeat(S2, 1)).Violates("S1 voted for S2 in term 2, but did not restart");
        Follower(term: 2).Receive(Vote(S2, 2)).Vote(1, 2, 2).Fine().Term(1, 3).Violates("S1 voted for S2 in term 2, but did not restart");
    }

    [Fact]
    public void A_leaders_request_without_a_reset_violates_the_discipline()
    {
        Follower(term: 2).Receive(Heartbeat(S2, 2)).Fine().Receive(Heartbeat(S2, 2)).Violates("S1 took \"Append t2", "from the leader S2", "did not restart");
        Follower(term: 2).Receive(Chunk(S2, 3)).Term(1, 3).Fine().Term(1, 4).Violates("S1 took \"Snapshot t3", "from the leader S2", "did not restart");
    }

    [Fact]
    public void An_election_a_start_and_a_deposition_without_a_reset_violate_the_discipline()
    {
        Follower(term: 2).Term(1, 3).Vote(1, 3, 1).Become(Role.Candidate, 1).Fine().Term(1, 4).Violates("S1 began an election in term 3, but did not restart");
        new EventScript("ElectionTimerDiscipline").Receive(Vote(S2, 1)).Violates("S1 started, but did not restart");
        Follower(term: 2).Term(1, 3).ResetTimer(1).Become(Role.Candidate, 1).Become(Role.Leader, 1)
            .Receive(Vote(S2, 4)).Term(1, 4).Become(Role.Follower, 1).Fine().Receive(Vote(S3, 1)).Violates("S1 was deposed by \"RequestVote t4", "did not restart");
    }

    [Fact]
    public void Resets_with_a_reason_do_not_nor_does_a_crash_before_one() =>
        Follower(term: 2)
            .Receive(Vote(S2, 2)).Vote(1, 2, 2).ResetTimer(1)
            .Receive(Vote(S2, 2)).ResetTimer(1)
            .Receive(Heartbeat(S2, 2)).ResetTimer(1)
            .Receive(Chunk(S2, 2)).ResetTimer(1)
            .Receive(Vote(S3, 2)).Receive(Heartbeat(S3, 1))
            .Term(1, 3).Vote(1, 3, 1).Become(Role.Candidate, 1).ResetTimer(1).Become(Role.Leader, 1).Receive(Heartbeat(S2, 3))
            .Receive(Heartbeat(S2, 4)).Term(1, 4).Become(Role.Follower, 1).ResetTimer(1).ResetTimer(1)
            .Receive(Heartbeat(S2, 4)).Crash(1).Start(1).ResetTimer(1).Receive(Vote(S3, 1)).Term(1, 1)
            .Fine();

    private static EventScript Follower(long term) => new EventScript("ElectionTimerDiscipline").ResetTimer(1).Term(1, term).ResetTimer(1).Fine();

    private static RequestVote Vote(ServerId candidate, long term) => new(candidate, S1, new(term), default, default);

    private static AppendEntries Heartbeat(ServerId leader, long term) => new(leader, S1, new(term), default, default, default, default);

    private static InstallSnapshot Chunk(ServerId leader, long term) => new(leader, S1, new(term), new(9), new(1), 0, default, false);
}
