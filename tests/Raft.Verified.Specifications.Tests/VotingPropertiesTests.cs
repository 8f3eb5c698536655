using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Specifications.EventScript;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Elected by a majority, and what a message's term means to who takes it.</summary>
public sealed class VotingPropertiesTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void A_leader_with_too_few_votes_violates_elected_by_majority() =>
        Campaign(servers: 5, term: 4).Vote(2, 4, 1).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1)
            .Violates("S1 becomes leader of term 4 with 2 of 5 votes where 3 are needed", "S2 has voted for it", "S3 has not");

    [Fact]
    public void A_vote_counted_twice_violates_elected_by_majority() =>
        Campaign(servers: 5, term: 4).Vote(2, 4, 1).Receive(Granted(S2, S1, 4)).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1).Violates("with 2 of 5 votes");

    [Fact]
    public void A_vote_whose_reply_has_not_come_violates_elected_by_majority() =>
        Campaign(servers: 3, term: 4).Vote(2, 4, 1).Become(Role.Leader, 1).Violates("with 1 of 3 votes", "S2 has, but no reply has come");

    [Fact]
    public void A_vote_of_an_older_term_violates_elected_by_majority() =>
        Campaign(servers: 3, term: 3).Term(2, 3).Vote(2, 3, 1)
            .Term(1, 4).Vote(1, 4, 1).WriteTerm(1, 4, vote: 1).Receive(Granted(S2, S1, 3)).Become(Role.Leader, 1)
            .Violates("with 1 of 3 votes", "S2 has not");

    [Fact]
    public void A_vote_that_nobody_gave_violates_elected_by_majority() =>
        Campaign(servers: 3, term: 4).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1).Violates("with 1 of 3 votes", "S2 has not, though a reply says so");

    [Fact]
    public void A_vote_for_another_candidate_violates_elected_by_majority() =>
        Campaign(servers: 3, term: 4).Vote(2, 4, 3).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1).Violates("with 1 of 3 votes");

    [Fact]
    public void A_candidates_own_vote_that_is_not_on_its_disk_violates_elected_by_majority() =>
        new EventScript("ElectedByMajority").Term(1, 4).Vote(1, 4, 1).Become(Role.Candidate, 1).Vote(2, 4, 1).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1)
            .Violates("with 1 of 3 votes", "S1 has, but not on its disk");

    [Fact]
    public void A_majority_elects_also_when_a_voter_has_crashed_or_gone_on_to_another_term_since() =>
        Campaign(servers: 5, term: 4)
            .Vote(2, 4, 1).Vote(3, 4, 1).Receive(Granted(S2, S1, 4)).Receive(new RequestVoteReply(S3, S1, new(4), new(4), true))
            .Crash(2).Term(3, 5).Vote(3, 5, 3).Become(Role.Leader, 1).Fine();

    [Fact]
    public void A_vote_that_a_voter_finds_on_its_disk_counts() =>
        Campaign(servers: 3, term: 4).Crash(2).Start(2, Disk(4, 1)).Receive(Granted(S2, S1, 4)).Become(Role.Leader, 1).Fine();

    [Fact]
    public void A_newer_term_that_is_not_adopted_violates_newer_term_adopted()
    {
        InTerm(1, 2).Receive(Heartbeat(S2, S1, 3)).Append(1, Entry(1, 3)).Violates("S1 took", "of term 3 from S2 in term 2", "before EntryAppended");
        InTerm(1, 2).Receive(new AppendEntriesReply(S2, S1, new(3), new(2), false, default, default, default, default, default)).Fine()
            .Receive(Heartbeat(S3, S1, 2)).Violates("S1 took", "of term 3 from S2 in term 2", "before MessageReceived");
        InTerm(1, 2).Receive(new RequestVote(S2, S1, new(3), default, default)).Vote(1, 2, 2).Violates("of term 3 from S2 in term 2", "before Voted");
    }

    [Fact]
    public void Another_term_than_the_messages_violates_newer_term_adopted() =>
        InTerm(1, 2).Receive(Heartbeat(S2, S1, 5)).Term(1, 4).Violates("S1 took", "of term 5 from S2 in term 2, but goes to term 4");

    [Fact]
    public void A_term_out_of_nowhere_violates_newer_term_adopted() =>
        InTerm(1, 2).Term(1, 4).Violates("S1 goes from term 2 to term 4 without a message of that term");

    [Fact]
    public void A_leader_that_adopts_a_term_and_leads_on_violates_newer_term_adopted() =>
        InTerm(1, 2).Become(Role.Candidate, 1).Become(Role.Leader, 1).Receive(new RequestVote(S2, S1, new(3), default, default)).Term(1, 3)
            .Vote(1, 3, 2).Violates("S1 took", "adopted its term 3, but is still Leader at Voted");

    [Fact]
    public void An_answer_in_an_older_term_than_the_request_violates_newer_term_adopted()
    {
        InTerm(1, 2).Send(new RequestVoteReply(S1, S2, new(2), new(3), false)).Violates("S1 answers a request of term 3 from S2", "still in term 2");
        InTerm(1, 2).Send(new AppendEntriesReply(S1, S2, new(2), new(3), true, default, default, default, default, default)).Violates("request of term 3");
        InTerm(1, 2).Send(new InstallSnapshotReply(S1, S2, new(2), new(3), default, 0, false)).Violates("request of term 3");
    }

    [Fact]
    public void Adopting_first_does_not_nor_does_an_election_nor_a_crash_in_between() =>
        InTerm(1, 2).Become(Role.Candidate, 1)
            .Receive(Heartbeat(S2, S1, 5)).Term(1, 5).Become(Role.Follower, 1).ResetTimer(1).Append(1, Entry(1, 5))
            .Send(new AppendEntriesReply(S1, S2, new(5), new(5), true, default, new(1), default, default, default))
            .Receive(Heartbeat(S2, S1, 4)).Receive(Heartbeat(S2, S1, 5))
            .Term(1, 6).Vote(1, 6, 1).Become(Role.Candidate, 1).Become(Role.Leader, 1)
            .Receive(Heartbeat(S2, S1, 9)).Crash(1).Start(1, Disk(6, 1)).Term(1, 7).Vote(1, 7, 1)
            .Fine();

    [Fact]
    public void Acting_on_a_message_of_an_older_term_violates_stale_messages_ignored()
    {
        Stale().Vote(1, 5, 2).Violates("S1 is in term 5 and took \"Append t4", "from S2", "it reacts with Voted S2");
        Stale().Append(1, Entry(1, 4)).Violates("it reacts with EntryAppended 1");
        Stale().Truncate(1, 1).Violates("it reacts with LogTruncated 1");
        Stale().Commit(1, 1).Violates("it reacts with CommitAdvanced 1");
        Stale().Install(1, SnapshotOf(3, 4, ""), last: 3).Violates("it reacts with SnapshotInstalled 3");
        Stale(Role.Candidate).Become(Role.Follower, 1).Violates("it reacts with RoleChanged Follower");
    }

    [Fact]
    public void Acting_on_a_reply_to_an_older_request_violates_stale_messages_ignored() =>
        new EventScript("StaleMessagesIgnored").Term(1, 5)
            .Receive(new AppendEntriesReply(S2, S1, new(5), new(4), true, default, new(1), default, default, default))
            .Commit(1, 1).Violates("it reacts with CommitAdvanced 1");

    [Fact]
    public void A_success_that_answers_an_older_request_violates_stale_messages_ignored()
    {
        new EventScript("StaleMessagesIgnored").Send(new RequestVoteReply(S1, S2, new(5), new(4), true)).Violates("S1 answers a request of term 4", "from its term 5");
        new EventScript("StaleMessagesIgnored").Send(new AppendEntriesReply(S1, S2, new(5), new(4), true, default, default, default, default, default))
            .Violates("request of term 4");
        new EventScript("StaleMessagesIgnored").Send(new InstallSnapshotReply(S1, S2, new(5), new(4), default, 0, true)).Violates("request of term 4");
    }

    [Fact]
    public void What_a_server_does_on_another_account_does_not_nor_does_a_refusal() =>
        Stale(Role.Candidate)
            .Send(new RequestVoteReply(S1, S2, new(5), new(4), false))
            .Become(Role.Leader, 1).Append(1, Entry(1, 5)).Commit(1, 1).Receive(Heartbeat(S2, S1, 4)).Append(1, Entry(2, 5))
            .Receive(new AppendEntriesReply(S2, S1, new(6), new(3), false, default, default, default, default, default)).Term(1, 6).Become(Role.Follower, 1)
            .Receive(Heartbeat(S2, S1, 5)).Term(1, 7).Vote(1, 7, 1).Become(Role.Candidate, 1)
            .Fine();

    private static EventScript Campaign(int servers, long term) =>
        new EventScript("ElectedByMajority", servers).Term(1, term).Vote(1, term, 1).Become(Role.Candidate, 1).WriteTerm(1, term, vote: 1);

    private static EventScript InTerm(int server, long term)
    {
        EventScript script = new("NewerTermAdopted");
        for (long next = 1; next <= term; next++)
        {
            script.Term(server, next);
        }

        return script;
    }

    private static EventScript Stale(Role role = Role.Follower) =>
        new EventScript("StaleMessagesIgnored").Term(1, 5).Become(role, 1).Receive(Heartbeat(S2, S1, 4)).Fine();

    private static AppendEntries Heartbeat(ServerId leader, ServerId follower, long term) =>
        new(leader, follower, new(term), default, default, default, default);

    private static RequestVoteReply Granted(ServerId voter, ServerId candidate, long term) => new(voter, candidate, new(term), new(term), true);
}
