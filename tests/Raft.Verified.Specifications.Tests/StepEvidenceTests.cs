using Raft.Verified.Protocol;
using Raft.Verified.Specifications.Evidence;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;
using static Raft.Verified.Tests.Specifications.EvidenceTests;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The evidence for the properties of a server's reaction to the message in hand.</summary>
public sealed class StepEvidenceTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void A_leader_without_a_majority_is_shown_with_the_votes_it_got() =>
        Shows(
            new EventScript("ElectedByMajority", servers: 5).Term(1, 4).Vote(1, 4, 1).Become(Role.Candidate, 1).WriteTerm(1, 4, vote: 1)
                .Vote(2, 4, 1).Receive(Granted(S2, S1, 4)).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1),
            "S1 Voted", "S1 MessageReceived", "S1 MessageReceived", "S1 RoleChanged");

    [Fact]
    public void Votes_of_an_older_term_are_not_shown_where_those_of_the_term_were_enough_to_count()
    {
        EventScript script = new EventScript("ElectedByMajority", servers: 5).Term(1, 4).Vote(1, 4, 1).Become(Role.Candidate, 1).WriteTerm(1, 4, vote: 1)
            .Receive(Granted(S3, S1, 3)).Receive(Granted(S3, S1, 3)).Receive(Granted(new(4), S1, 3))
            .Vote(2, 4, 1).Receive(Granted(S2, S1, 4)).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1);
        Shows(script, "S1 Voted", "S1 MessageReceived", "S1 MessageReceived", "S1 RoleChanged");
        Assert.Equal(["it gets the vote of S2", "it gets the vote of S2 again"], Says(script).Skip(1).Take(2));
    }

    [Fact]
    public void Votes_of_an_older_term_are_shown_where_they_must_have_been_counted()
    {
        EventScript script = new EventScript("ElectedByMajority", servers: 5).Term(1, 4).Vote(1, 4, 1).Become(Role.Candidate, 1).WriteTerm(1, 4, vote: 1)
            .Receive(Granted(S3, S1, 3)).Vote(2, 4, 1).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1);
        Assert.Equal(["it gets the vote of S3 of the older term 3", "it gets the vote of S2"], Says(script).Skip(1).Take(2));
    }

    [Fact]
    public void A_newer_term_that_is_not_adopted_is_shown_with_the_message() =>
        Shows(
            new EventScript("NewerTermAdopted").Term(1, 1).Term(1, 2).Receive(Heartbeat(S2, S1, 3)).Append(1, Entry(1, 3)),
            "S1 TermAdvanced", "S1 MessageReceived", "S1 EntryAppended 1");

    [Fact]
    public void A_jump_to_another_term_is_shown_with_the_term_before() =>
        Shows(new EventScript("NewerTermAdopted").Term(1, 1).Term(1, 2).Term(2, 1).Term(1, 4), "S1 TermAdvanced", "S1 TermAdvanced");

    [Fact]
    public void An_old_request_that_is_granted_is_shown_with_the_request_and_the_term() =>
        Shows(
            new EventScript("StaleMessagesIgnored").Term(1, 5).Receive(Heartbeat(S2, S1, 4)).Append(1, Entry(1, 4)),
            "S1 TermAdvanced", "S1 MessageReceived", "S1 EntryAppended 1");

    [Fact]
    public void A_timer_started_without_a_reason_is_shown_with_its_last_start() =>
        Shows(
            new EventScript("ElectionTimerDiscipline").ResetTimer(1).Receive(Granted(S2, S1, 1)).ResetTimer(1),
            "S1 ElectionTimerReset", "S1 MessageReceived", "S1 ElectionTimerReset");

    [Fact]
    public void A_vote_for_a_shorter_log_is_shown_with_the_log_and_the_request() =>
        Shows(
            new EventScript("VotesForUpToDate").Append(1, Entry(1, 1), Entry(2, 2)).Term(1, 3).Receive(new RequestVote(S2, S1, new(3), new(9), new(1))).Vote(1, 3, 2),
            "S1 EntryAppended 2", "S1 MessageReceived", "S1 Voted");

    [Fact]
    public void A_request_with_another_log_is_shown_with_the_candidacy() =>
        Shows(
            new EventScript("VotesForUpToDate").Append(1, Entry(1, 1)).Term(1, 3).Vote(1, 3, 1).Send(new RequestVote(S1, S2, new(3), new(2), new(1))),
            "S1 EntryAppended 1", "S1 Voted", "S1 MessageSent");

    [Fact]
    public void A_change_of_the_log_is_shown_with_the_request_in_hand() =>
        Shows(
            new EventScript("ChangesLogAsRequested").Term(1, 3).Receive(Heartbeat(S2, S1, 3)).Append(1, Entry(1, 3)),
            "S1 MessageReceived", "S1 EntryAppended 1");

    [Fact]
    public void An_acknowledgement_of_too_much_is_shown_with_the_request() =>
        Shows(
            new EventScript("MatchIndexIsTrue").Append(1, Entry(1, 1)).Term(1, 3).Receive(Heartbeat(S2, S1, 3)).Receive(Heartbeat(S3, S1, 2))
                .Send(new AppendEntriesReply(S1, S2, new(3), new(3), true, default, new(1), default, default, default)),
            "S1 EntryAppended 1", "S1 MessageReceived", "S1 MessageSent");

    [Fact]
    public void A_commit_by_a_minority_is_shown_with_election_and_acknowledgement() =>
        Shows(
            new EventScript("CommittedByMajority", servers: 5).Lead(1, term: 2).AppendAndWrite(1, Entry(1, 2))
                .Receive(new AppendEntriesReply(S2, S1, new(2), new(2), true, default, new(1), default, default, default)).Commit(1, 1),
            "S1 RoleChanged", "S1 MessageReceived", "S1 CommitAdvanced 1");

    [Fact]
    public void A_request_that_is_not_the_leaders_log_is_shown_with_its_log() =>
        Shows(
            new EventScript("LeaderSendsItsLog").Lead(1, term: 2).Append(1, Entry(1, 2)).Send(new AppendEntries(S1, S2, new(2), new(3), new(2), default, default)),
            "S1 EntryAppended 1", "S1 MessageSent");

    private static IEnumerable<string> Says(EventScript script) =>
        ViolationEvidence.Of(script.Property, script.Events, script.Events.Count - 1).Select(point => point.Says);

    private static AppendEntries Heartbeat(ServerId leader, ServerId follower, long term) => new(leader, follower, new(term), default, default, default, default);

    private static RequestVoteReply Granted(ServerId voter, ServerId candidate, long term) => new(voter, candidate, new(term), new(term), true);
}
