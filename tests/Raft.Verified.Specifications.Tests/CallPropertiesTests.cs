using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The properties of a server's answers and statuses.</summary>
public sealed class CallPropertiesTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);

    [Fact]
    public void A_leader_of_an_older_term_is_not_to_be_named()
    {
        new EventScript("NamedLeaderHasLed").Lead(1, 2).Term(2, 2).Refuse(2, ProposalRefusalReason.NotLeader, 0, 0, leader: 1).Fine()
            .Term(2, 3).Refuse(2, ProposalRefusalReason.NotLeader, 0, 0, leader: 1).Violates("S2 names S1", "term 3", "nobody yet");
        new EventScript("NamedLeaderHasLed").Lead(1, 2).Term(2, 2).RefuseRead(2, ReadRefusalReason.NotLeader, leader: 1).Fine()
            .Lead(3, 3).Term(2, 3).RefuseRead(2, ReadRefusalReason.NotLeader, leader: 1).Violates("S2 names S1", "whose leader is S3");
    }

    [Fact]
    public void A_refused_proposal_may_name_a_leader_since_its_own_term_but_no_older_one()
    {
        EventScript Script() => new EventScript("NamedLeaderHasLed").Lead(1, 1).Lead(2, 2).Lead(3, 3).Term(1, 3);
        Script().Refuse(1, ProposalRefusalReason.Superseded, 4, 2, leader: 3).Refuse(1, ProposalRefusalReason.Superseded, 4, 2, leader: 2).Fine();
        Script().Refuse(1, ProposalRefusalReason.Superseded, 4, 2, leader: 1).Violates("S1 names S1");
    }

    [Fact]
    public void Nobody_may_be_named_at_any_time() =>
        new EventScript("NamedLeaderHasLed").Refuse(1, ProposalRefusalReason.NotLeader, 0, 0).RefuseRead(1, ReadRefusalReason.NotLeader).Fine();

    [Fact]
    public void A_second_empty_entry_in_a_term_is_a_second_beginning()
    {
        new EventScript("LeadershipBegunOnce").Lead(1, 2).Append(1, Entry(1, 2), Entry(2, 2, "x")).Fine()
            .Append(1, Entry(3, 2)).Violates("S1 appends the empty entry 3/2", "up to 2");
        new EventScript("LeadershipBegunOnce").Lead(1, 2).Append(1, Entry(1, 2)).Compact(1, SnapshotOf(1, 2, "")).Append(1, Entry(2, 2)).Violates("2/2");
    }

    [Fact]
    public void Empty_entries_of_other_terms_or_as_a_follower_are_fine() =>
        new EventScript("LeadershipBegunOnce").Lead(1, 2).Append(1, Entry(1, 2)).Lead(1, 4).Append(1, Entry(2, 4)).Term(2, 4)
            .Append(2, Entry(1, 2), Entry(2, 4)).Fine();

    [Fact]
    public void Rounds_of_reads_rise_within_a_term()
    {
        new EventScript("LeadershipBegunOnce").Lead(1, 2).TakeRead(1, Read(1)).TakeRead(1, Read(2)).Fine().TakeRead(1, Read(2)).Violates("S1 takes reads in round 2", "has already reached round 2");
        new EventScript("LeadershipBegunOnce").Lead(1, 2).TakeRead(1, Read(2)).Lead(1, 3).TakeRead(1, Read(1)).Fine();
    }

    [Fact]
    public void A_server_that_has_stopped_does_nothing()
    {
        EventScript Stopped() => new EventScript("NothingAfterStop").Lead(1, 1).Append(1, Entry(1, 1)).Stop(1).Fine();
        Stopped().Apply(1, Entry(1, 1)).Violates("S1 has stopped", "applies entry 1/1");
        Stopped().Restore(1, SnapshotOf(1, 1, "")).Violates("restores");
        Stopped().Append(1, Entry(2, 1)).Violates("appends entry 2/1");
        Stopped().Commit(1, 1).Violates("commits through 1");
        Stopped().Term(1, 2).Violates("goes to term 2");
        Stopped().Become(Role.Candidate, 1).Violates("becomes candidate");
        Stopped().Vote(1, 1, 2).Violates("votes for S2");
        Stopped().Install(1, SnapshotOf(1, 1, ""), 1).Violates("snapshot through 1");
        Stopped().Compact(1, SnapshotOf(1, 1, "")).Violates("snapshot through 1");
        Stopped().Complete(1, 1, 1, "").Violates("answers the proposal at 1");
        Stopped().TakeRead(1, Read(1)).Violates("takes a read");
        Stopped().ServeRead(1, Read(1), 1).Violates("serves a read");
    }

    [Fact]
    public void What_it_has_queued_may_leave_and_it_may_refuse_and_start_again() =>
        new EventScript("NothingAfterStop").Stop(1).Send(Append(1)).Refuse(1, ProposalRefusalReason.Stopped, 0, 0).RefuseRead(1, ReadRefusalReason.Stopped)
            .Apply(2, Entry(1, 1)).Start(1).Apply(1, Entry(1, 1)).Crash(1).Start(1).Term(1, 1).Fine();

    [Fact]
    public void A_leader_does_not_refuse_as_if_it_were_none()
    {
        Script().Refuse(2, ProposalRefusalReason.NotLeader, 0, 0).Fine().Refuse(1, ProposalRefusalReason.NotLeader, 0, 0).Violates("S1 refuses a proposal as \"not the leader\"", "term 2");
        Script().RefuseRead(2, ReadRefusalReason.NotLeader).Fine().RefuseRead(1, ReadRefusalReason.NotLeader).Violates("S1 refuses a read", "leads term 2");
        Script().RefuseRead(2, ReadRefusalReason.LeadershipLost).Fine().RefuseRead(1, ReadRefusalReason.LeadershipLost).Violates("deposed", "leads term 2");
    }

    [Fact]
    public void What_was_appended_is_not_refused_as_if_it_were_not() =>
        Script().Term(1, 3).Become(Role.Follower, 1).Refuse(1, ProposalRefusalReason.NotLeader, 2, 2).Violates("2/2", "but has appended it");

    [Fact]
    public void Superseded_is_a_proposal_only_by_what_is_committed()
    {
        EventScript Deposed() => Script().Lead(2, 3).Append(2, Entry(1, 1), Entry(2, 3)).Commit(2, 2);
        Deposed().Refuse(1, ProposalRefusalReason.Superseded, 2, 2).Refuse(1, ProposalRefusalReason.Superseded, 7, 2).Fine();
        Deposed().Refuse(1, ProposalRefusalReason.Superseded, 1, 2).Fine(); // Another entry is committed there, of an older term.
        Deposed().Refuse(1, ProposalRefusalReason.Superseded, 3, 3).Violates("3/3 as superseded");
        Script().Refuse(1, ProposalRefusalReason.Superseded, 2, 2).Violates("2/2 as superseded");
    }

    [Fact]
    public void An_outcome_is_unknown_only_where_the_place_is_given_away_or_covered()
    {
        Script().Lead(1, 4).Refuse(1, ProposalRefusalReason.OutcomeUnknown, 2, 2).Fine();
        Script().Term(1, 3).Become(Role.Follower, 1).Restore(1, SnapshotOf(2, 3, "")).Refuse(1, ProposalRefusalReason.OutcomeUnknown, 2, 2).Fine()
            .Refuse(1, ProposalRefusalReason.OutcomeUnknown, 3, 2).Violates("3/2", "nor has restored a snapshot through 3");
        Script().Refuse(1, ProposalRefusalReason.OutcomeUnknown, 2, 2).Violates("2/2 as \"outcome unknown\"");
        Script().Refuse(1, ProposalRefusalReason.OutcomeUnknown, 0, 0).Violates("as \"outcome unknown\", but has not appended it");
        Script().Restore(1, SnapshotOf(2, 3, "")).Crash(1).Start(1).Refuse(1, ProposalRefusalReason.OutcomeUnknown, 2, 2).Violates("2/2");
    }

    [Fact]
    public void A_leader_lacks_an_entry_of_its_term_only_as_long_as_it_does()
    {
        Script().RefuseRead(1, ReadRefusalReason.NothingProposedInTerm).Fine().Append(1, Entry(1, 2)).RefuseRead(1, ReadRefusalReason.NothingProposedInTerm)
            .Violates("because term 2 has no entry yet", "ends with one");
        Script().RefuseRead(2, ReadRefusalReason.NothingProposedInTerm).Violates("S2", "does not lead");
    }

    [Fact]
    public void Only_a_leader_takes_reads() => Script().TakeRead(1, Read(1)).Fine().TakeRead(2, Read(1)).Violates("S2 takes a read in term 2");

    [Fact]
    public void What_contradicts_what_is_shown()
    {
        EvidenceTests.Shows(
            new EventScript("NamedLeaderHasLed").Lead(1, 2).Term(2, 3).Refuse(2, ProposalRefusalReason.NotLeader, 0, 0, leader: 1),
            "S1 RoleChanged", "S2 TermAdvanced", "S2 ProposalRefused");
        EvidenceTests.Shows(
            new EventScript("LeadershipBegunOnce").Lead(1, 2).Append(1, Entry(1, 2)).Receive(Append(2) with { From = S2, To = S1 }).Append(1, Entry(2, 2)),
            "S1 RoleChanged", "S1 EntryAppended 1", "S1 MessageReceived", "S1 EntryAppended 2");
        EvidenceTests.Shows(new EventScript("NothingAfterStop").Stop(1).Apply(1, Entry(1, 1)), "S1 Stopped", "S1 Applied 1");
        EvidenceTests.Shows(
            Script().Append(1, Entry(1, 2, "x")).Refuse(1, ProposalRefusalReason.Superseded, 1, 2), "S1 RoleChanged", "S1 EntryAppended 1", "S1 ProposalRefused 1");
    }

    // S1 leads term 2, S2 follows.
    private static EventScript Script() => new EventScript("RefusalsAreTrue").Lead(1, 2).Term(2, 2);

    private static ReadRequest Read(long round) => new() { Round = new(round) };

    private static AppendEntries Append(long term) => new(S1, S2, new(term), default, default, default, default);
}
