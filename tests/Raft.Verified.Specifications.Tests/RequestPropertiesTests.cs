using Raft.Verified.Protocol;
using Raft.Verified.Specifications;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>The requests, votes and acknowledgements of servers, held against their logs.</summary>
public sealed class RequestPropertiesTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void A_vote_for_a_log_that_ends_in_an_older_term_violates_votes_for_up_to_date() =>
        Voter().Receive(Ask(S2, 3, index: 9, term: 1)).Vote(1, 3, 2).Violates("S1 votes for S2 in term 3", "ends at 9/1", "its own at 2/2");

    [Fact]
    public void A_vote_for_a_shorter_log_violates_votes_for_up_to_date() =>
        Voter().Receive(Ask(S2, 3, index: 1, term: 2)).Vote(1, 3, 2).Violates("S1 votes for S2 in term 3", "ends at 1/2", "its own at 2/2");

    [Fact]
    public void A_vote_nobody_asked_for_violates_votes_for_up_to_date()
    {
        Voter().Vote(1, 3, 2).Violates("S1 votes for S2 in term 3, but has no request from it in hand");
        Voter().Receive(Ask(S3, 3, index: 1, term: 2)).Vote(1, 3, 2).Violates("no request from it in hand; its last message was \"RequestVote t3", "from S3");
        Voter().Receive(Ask(S2, 2, index: 9, term: 2)).Vote(1, 3, 2).Violates("no request from it in hand; its last message was \"RequestVote t2");
    }

    [Fact]
    public void A_vote_not_given_though_nothing_is_against_it_violates_votes_for_up_to_date()
    {
        Voter().Receive(Ask(S2, 3, index: 2, term: 2)).Send(new RequestVoteReply(S1, S2, new(3), new(3), false))
            .Violates("S1 does not vote for S2 in term 3", "ends at 2/2, its own at 2/2");
        Voter().Receive(Ask(S2, 4, index: 1, term: 3)).Term(1, 4).Fine().Receive(Ask(S3, 1, 0, 0)).Violates("S1 does not vote for S2 in term 4");
        Voter().Receive(Ask(S2, 3, index: 3, term: 2)).Fine().Term(1, 4).Violates("S1 does not vote for S2 in term 3");
    }

    [Fact]
    public void A_request_in_a_term_without_a_candidacy_violates_votes_for_up_to_date()
    {
        Voter().Send(Ask(S1, 3, index: 2, term: 2)).Violates("S1 asks S2 for its vote of term 3, but does not stand in that term");
        Voter().Term(1, 4).Vote(1, 4, 1).Term(1, 5).Send(Ask(S1, 4, 2, 2)).Fine().Send(Ask(S1, 5, 2, 2)).Violates("term 5, but does not stand in that term; it stood in term 4");
        Voter().Term(1, 4).Vote(1, 4, 1).Term(1, 6).Vote(1, 6, 1).Send(Ask(S1, 5, 2, 2)).Violates("term 5, but does not stand in that term; it stood in term 4");
    }

    [Fact]
    public void A_request_that_misstates_the_candidates_log_violates_votes_for_up_to_date()
    {
        Voter().Term(1, 4).Vote(1, 4, 1).Send(Ask(S1, 4, index: 3, term: 2)).Violates("ends at 3/2", "its own ended at 2/2");
        Voter().Term(1, 4).Vote(1, 4, 1).Term(1, 5).Vote(1, 5, 1).Send(Ask(S1, 4, index: 2, term: 3)).Violates("term 4 with a log that ends at 2/3");
    }

    [Fact]
    public void True_requests_deserved_votes_and_refusals_with_a_reason_do_not() =>
        Voter()
            .Receive(Ask(S2, 3, index: 2, term: 2)).Vote(1, 3, 2).Send(new RequestVoteReply(S1, S2, new(3), new(3), true))
            .Receive(Ask(S2, 3, index: 2, term: 2)).Receive(Ask(S3, 3, index: 9, term: 9)).Send(new RequestVoteReply(S1, S3, new(3), new(3), false))
            .Receive(Ask(S3, 2, index: 9, term: 9)).Send(new RequestVoteReply(S1, S3, new(3), new(2), false))
            .Receive(Ask(S3, 4, index: 1, term: 2)).Term(1, 4).Send(new RequestVoteReply(S1, S3, new(4), new(4), false))
            .Term(1, 5).Vote(1, 5, 1).Append(1, Entry(3, 4)).Send(Ask(S1, 5, 2, 2))
            .Term(1, 6).Vote(1, 6, 1).Send(Ask(S1, 5, 2, 2)).Send(Ask(S1, 6, 3, 4)).Send(Ask(S1, 2, 9, 9))
            .Receive(Ask(S2, 7, index: 3, term: 4)).Crash(1).Start(1, Disk(6, 1)).Receive(Ask(S3, 1, 0, 0))
            .Fine();

    [Fact]
    public void An_acknowledgement_of_entries_that_no_request_has_shown_violates_match_index_is_true()
    {
        Follower("MatchIndexIsTrue").Send(Acknowledge(2)).Violates("S1 acknowledges entries through 2 to S2, leader of term 3", "nothing in common");
        Follower("MatchIndexIsTrue").Receive(Append(1, 1, 1)).Send(Acknowledge(2)).Violates("have shown it no more than 1 in common");
    }

    [Fact]
    public void An_acknowledgement_of_a_request_behind_an_entry_that_is_not_in_the_log_violates_match_index_is_true()
    {
        Follower("MatchIndexIsTrue").Receive(Append(2, 3, 1)).Send(Acknowledge(2)).Violates("nothing in common");
        Follower("MatchIndexIsTrue").Receive(Append(3, 2, 1)).Send(Acknowledge(3)).Violates("nothing in common");
    }

    [Fact]
    public void What_an_older_leaders_request_has_shown_or_one_before_a_restart_does_not_count()
    {
        Follower("MatchIndexIsTrue").Receive(Append(2, 2, 1)).Term(1, 4).Send(new AppendEntriesReply(S1, S3, new(4), new(4), true, new(2), new(2), default, default, default))
            .Violates("S1 acknowledges entries through 2 to S3, leader of term 4", "nothing in common");
        Follower("MatchIndexIsTrue").Receive(Append(2, 2, 1)).Crash(1).Start(1, Disk(3)).Send(Acknowledge(2)).Violates("nothing in common");
    }

    [Fact]
    public void A_follower_that_commits_more_than_the_request_has_shown_violates_match_index_is_true()
    {
        Follower("MatchIndexIsTrue").Receive(Append(1, 1, commit: 2)).Commit(1, 2).Violates("S1 commits through 2 because of", "entries through 1 in common");
        Follower("MatchIndexIsTrue").Receive(Append(2, 2, commit: 1)).Commit(1, 2).Violates("S1 commits through 2 because of", "1 committed");
        Follower("MatchIndexIsTrue").Receive(Append(2, 3, commit: 2)).Commit(1, 2).Violates("S1 commits through 2 because of", "does not contain 2/3");
        Follower("MatchIndexIsTrue").Receive(new InstallSnapshot(S2, S1, new(3), new(1), new(1), 0, default, true)).Commit(1, 2)
            .Violates("S1 commits through 2 because of a snapshot through 1 from S2");
        Follower("MatchIndexIsTrue").Receive(new RequestVote(S2, S1, new(3), default, default)).Commit(1, 1)
            .Violates("S1, Follower of term 3, commits through 1 without a request of that term in hand", "RequestVote t3");
    }

    [Fact]
    public void What_requests_have_shown_may_be_acknowledged_in_any_order_and_committed() =>
        Follower("MatchIndexIsTrue")
            .Receive(Append(0, 0, commit: 0)).Receive(Append(2, 2, commit: 1, Entry(3, 3))).Append(1, Entry(3, 3)).Commit(1, 1)
            .Send(Acknowledge(0)).Send(Acknowledge(3)).Receive(Append(1, 1, commit: 1)).Send(Acknowledge(1)).Send(Acknowledge(2))
            .Compact(1, SnapshotOf(2, 2, "")).Receive(Append(1, 9, commit: 3, Entry(2, 2), Entry(3, 3))).Commit(1, 3)
            .Receive(new InstallSnapshot(S2, S1, new(3), new(9), new(3), 0, default, true)).Install(1, SnapshotOf(9, 3, ""), last: 9).Commit(1, 9)
            .Term(1, 4).Send(Acknowledge(9))
            .Become(Role.Candidate, 1).Become(Role.Leader, 1).Append(1, Entry(10, 4)).Commit(1, 10)
            .Fine();

    [Fact]
    public void A_leader_that_commits_without_a_majority_violates_committed_by_majority()
    {
        Leader("CommittedByMajority").Write(1, Entry(1, 2)).Commit(1, 1).Violates("S1, leader of term 2, commits through 1, which 1 of 3 servers", "S1 through 1, S2 through 0");
        Leader("CommittedByMajority").Receive(Reply(S2, 2, 1)).Commit(1, 1).Violates("which 1 of 3 servers", "S1 through 0, S2 through 1");
        Leader("CommittedByMajority").Write(1, Entry(1, 2)).Receive(Reply(S2, 1, 1)).Commit(1, 1).Violates("which 1 of 3 servers");
        Leader("CommittedByMajority").Write(1, Entry(1, 2), Entry(2, 2, "x")).Receive(Reply(S2, 2, 1)).Commit(1, 2).Violates("commits through 2, which 1 of 3", "S2 through 1");
        Leader("CommittedByMajority").Write(1, Entry(1, 2)).Receive(new AppendEntriesReply(S2, S1, new(2), new(2), false, default, new(1), default, default, new(9)))
            .Commit(1, 1).Violates("which 1 of 3 servers");
    }

    [Fact]
    public void Acknowledgements_to_an_earlier_leadership_violate_committed_by_majority() =>
        Leader("CommittedByMajority").Write(1, Entry(1, 2)).Receive(Reply(S2, 2, 1)).Lead(1, term: 3).Append(1, Entry(3, 3)).Commit(1, 1)
            .Violates("S1, leader of term 3", "which 1 of 3 servers");

    [Fact]
    public void Committing_an_older_terms_entry_by_counting_violates_committed_by_majority() =>
        Leader("CommittedByMajority").Write(1, Entry(1, 2)).Lead(1, term: 3).Receive(Reply(S2, 3, 1)).Commit(1, 1)
            .Violates("S1, leader of term 3, commits through 1 by counting", "has 1/2");

    [Fact]
    public void A_majority_that_has_acknowledged_does_not_and_a_follower_is_told() =>
        Leader("CommittedByMajority").Receive(Reply(S2, 2, 2)).Receive(Reply(S2, 2, 1)).Write(1, Entry(1, 2), Entry(2, 2, "x")).Commit(1, 2)
            .Receive(new InstallSnapshotReply(S3, S1, new(2), new(2), new(3), 0, true)).Append(1, Entry(3, 2, "y")).Receive(Reply(S2, 2, 3)).Commit(1, 3)
            .Commit(2, 3).Fine();

    [Fact]
    public void An_entry_that_the_request_does_not_have_violates_changes_log_as_requested()
    {
        Follower("ChangesLogAsRequested").Append(1, Entry(3, 3)).Violates("S1 adds entry 3/3", "without a request for it; in hand: nothing");
        Follower("ChangesLogAsRequested").Receive(Append(2, 2, 0, Entry(3, 3, "x"))).Append(1, Entry(3, 3, "y")).Violates("S1 adds entry 3/3", "without a request for it; in hand: \"Append");
        Follower("ChangesLogAsRequested").Receive(Append(2, 2, 0, Entry(3, 3))).Append(1, Entry(3, 3), Entry(4, 3)).Violates("S1 adds entry 4/3", "without a request for it; in hand: \"Append");
        Follower("ChangesLogAsRequested").Receive(Append(2, 2, 0, Entry(3, 3))).Term(1, 4).Append(1, Entry(3, 3)).Violates("S1 adds entry 3/3");
    }

    [Fact]
    public void An_entry_behind_another_one_than_the_requests_violates_changes_log_as_requested() =>
        Follower("ChangesLogAsRequested").Receive(Append(2, 3, 0, Entry(3, 3))).Append(1, Entry(3, 3)).Violates("S1 adds entry 3/3", "its log has 2/2");

    [Fact]
    public void A_leaders_entry_of_another_term_violates_changes_log_as_requested() =>
        Leader("ChangesLogAsRequested").Append(1, Entry(3, 1)).Violates("S1, leader of term 2, adds entry 3/1");

    [Fact]
    public void Deleting_what_does_not_conflict_violates_changes_log_as_requested()
    {
        Follower("ChangesLogAsRequested").Receive(Append(1, 1, 0, Entry(2, 2))).Truncate(1, from: 2).Violates("S1 deletes its entries from 2/2", "which also has entry 2/2");
        Follower("ChangesLogAsRequested").Receive(Append(1, 1, 0)).Truncate(1, from: 2).Violates("S1 deletes its entries from 2 to 2", "without a request that conflicts with them; in hand: \"Append");
        Follower("ChangesLogAsRequested").Truncate(1, from: 2).Violates("S1 deletes its entries from 2 to 2", "without a request that conflicts with them; in hand: nothing");
    }

    [Fact]
    public void A_snapshot_that_is_not_complete_or_tells_nothing_new_violates_changes_log_as_requested()
    {
        Follower("ChangesLogAsRequested").Receive(Chunk(9, done: false)).Install(1, SnapshotOf(9, 3, ""), last: 9).Violates("S1 installs snapshot 9/3", "without a request that completes it");
        Follower("ChangesLogAsRequested").Receive(Chunk(8, done: true)).Install(1, SnapshotOf(9, 3, ""), last: 9).Violates("S1 installs snapshot 9/3", "without a request that completes it");
        Follower("ChangesLogAsRequested").Commit(1, 2).Receive(Chunk(2, done: true)).Install(1, SnapshotOf(2, 3, ""), last: 2)
            .Violates("S1 installs snapshot 2/3", "has already committed entries through 2");
    }

    [Fact]
    public void A_log_that_becomes_the_leaders_does_not() =>
        Follower("ChangesLogAsRequested")
            .Receive(Append(0, 0, 0, Entry(1, 1), Entry(2, 3), Entry(3, 3))).Truncate(1, from: 2).Append(1, Entry(2, 3), Entry(3, 3))
            .Compact(1, SnapshotOf(1, 1, "")).Receive(Append(0, 0, 0, Entry(1, 1), Entry(2, 3), Entry(3, 3), Entry(4, 3))).Append(1, Entry(4, 3))
            .Receive(Chunk(9, done: true)).Install(1, SnapshotOf(9, 3, ""), last: 9)
            .Term(1, 4).Become(Role.Candidate, 1).Become(Role.Leader, 1).Append(1, Entry(10, 4), Entry(11, 4, "x"))
            .Fine();

    [Fact]
    public void A_request_that_is_not_the_leaders_log_violates_leader_sends_its_log()
    {
        Leader("LeaderSendsItsLog").Send(Send(1, 1, 0)).Violates("S1 sends \"Append t2 after 1/1", "its log has 1/2");
        Leader("LeaderSendsItsLog").Send(Send(3, 2, 0)).Violates("after 3/2", "its log ends at 2");
        Leader("LeaderSendsItsLog").Send(Send(1, 2, 0, Entry(2, 2, "x"), Entry(3, 2))).Violates("its log ends at 2");
        Leader("LeaderSendsItsLog").Send(Send(1, 2, 0, Entry(2, 2, "other"))).Violates("with entry 2/2 at 2", "its log has 2/2");
        Leader("LeaderSendsItsLog").Send(Send(0, 0, 0, Entry(2, 2, "x"))).Violates("with entry 2/2 at 1");
        Leader("LeaderSendsItsLog").Commit(1, 1).Send(Send(2, 2, commit: 2)).Violates("has committed no entry beyond 1");
    }

    [Fact]
    public void A_snapshot_that_the_leader_does_not_have_violates_leader_sends_its_log()
    {
        Leader("LeaderSendsItsLog").Compact(1, SnapshotOf(1, 2, "")).Send(new InstallSnapshot(S1, S2, new(2), new(2), new(2), 0, default, true))
            .Violates("S1 sends \"Snapshot t2 2/2", "has a snapshot through 1/2");
        Leader("LeaderSendsItsLog").Compact(1, SnapshotOf(1, 2, "")).Send(new InstallSnapshot(S1, S2, new(2), new(1), new(1), 0, default, true))
            .Violates("S1 sends \"Snapshot t2 1/1", "has a snapshot through 1/2");
    }

    [Fact]
    public void True_requests_compacted_ones_and_those_of_a_deposed_leader_do_not() =>
        Leader("LeaderSendsItsLog").Commit(1, 2)
            .Send(Send(2, 2, commit: 1)).Send(Send(0, 0, 0, Entry(1, 2), Entry(2, 2, "x")))
            .Compact(1, SnapshotOf(1, 2, "")).Send(Send(0, 0, 0, Entry(1, 2), Entry(2, 2, "x"))).Compact(1, SnapshotOf(2, 2, ""))
            .Send(new InstallSnapshot(S1, S2, new(2), new(1), new(9), 0, default, true)).Send(new InstallSnapshot(S1, S2, new(2), new(2), new(2), 0, default, true))
            .Term(1, 3).Become(Role.Follower, 1).Send(Send(7, 2, commit: 9))
            .Fine();

    [Fact]
    public void A_refusal_of_what_was_sent_violates_and_one_of_a_forgery_does_not()
    {
        Message sent = Append(2, 2, 2);
        Follower("NothingSentIsRefused").On(Refusal(sent)).Violates("S1 refuses Append t3 after 2/2 none commit 2 from S2, which was sent: no reason");
        Follower("NothingSentIsRefused").On(Forgery(Append(2, 2, 2))).On(Refusal(sent)).Violates("which was sent");
        Follower("NothingSentIsRefused").On(Forgery(sent)).On(Refusal(sent)).Fine();

        static RaftEvent Refusal(Message message) => new() { Kind = RaftEventKind.MessageRefused, Server = S1, Peer = S2, Subject = new MessageRefusal(message, "no reason") };

        static RaftEvent Forgery(Message message) => new() { Kind = RaftEventKind.Environment, Server = S1, Subject = new ForgedMessage(message) };
    }

    // S1 follows in term 3 with the log 1/1, 2/2.
    private static EventScript Follower(string property) => new EventScript(property).Start(1, Disk(3, 0, null, Entry(1, 1), Entry(2, 2)));

    private static EventScript Voter() => Follower("VotesForUpToDate");

    // S1 leads term 2 with 1/2, 2/2 in memory.
    private static EventScript Leader(string property) => new EventScript(property).Lead(1, term: 2).Append(1, Entry(1, 2), Entry(2, 2, "x")).Fine();

    private static RequestVote Ask(ServerId candidate, long inTerm, long index, long term) =>
        new(candidate, candidate == S1 ? S2 : S1, new(inTerm), new(index), new(term));

    private static AppendEntries Append(long prev, long prevTerm, long commit, params LogEntry[] entries) =>
        new(S2, S1, new(3), new(prev), new(prevTerm), entries, new(commit));

    private static AppendEntries Send(long prev, long prevTerm, long commit, params LogEntry[] entries) =>
        new(S1, S2, new(2), new(prev), new(prevTerm), entries, new(commit));

    private static InstallSnapshot Chunk(long index, bool done) => new(S2, S1, new(3), new(index), new(3), 0, default, done);

    private static AppendEntriesReply Acknowledge(long match) => new(S1, S2, new(3), new(3), true, default, new(match), default, default, default);

    private static AppendEntriesReply Reply(ServerId follower, long request, long match) =>
        new(follower, S1, new(Math.Max(2, request)), new(request), true, default, new(match), default, default, default);
}
