using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.Specifications;

/// <summary>Election Safety, one vote a term, terms that only grow.</summary>
public sealed class ElectionPropertiesTests
{
    private static readonly ServerId S1 = new(1);
    private static readonly ServerId S2 = new(2);
    private static readonly ServerId S3 = new(3);

    [Fact]
    public void Two_leaders_of_one_term_violate_election_safety() =>
        new EventScript("ElectionSafety").Lead(1, term: 4).Fine().Lead(2, term: 4).Violates("S2 becomes leader of term 4", "S1 became leader of that term before");

    [Fact]
    public void Two_leaders_of_different_terms_do_not() =>
        new EventScript("ElectionSafety").Lead(1, term: 4).Lead(2, term: 5).Become(Role.Follower, 1).Lead(1, term: 6).Fine();

    [Fact]
    public void Being_elected_twice_in_one_term_violates_election_safety() =>
        new EventScript("ElectionSafety").Lead(1, term: 4).Crash(1).Start(1).Lead(1, term: 4).Violates("S1 becomes leader of term 4", "S1 became leader of that term before");

    [Fact]
    public void Speaking_as_leader_of_a_term_that_another_was_elected_in_violates_election_safety() =>
        new EventScript("ElectionSafety")
            .Lead(1, term: 4).Lead(2, term: 5).Fine()
            .Send(new AppendEntries(S1, S3, new(5), default, default, default, default))
            .Violates("as leader of term 5, but", "S2 was elected");

    [Fact]
    public void Sending_a_snapshot_without_an_election_violates_election_safety() =>
        new EventScript("ElectionSafety")
            .Lead(1, term: 4)
            .Send(new InstallSnapshot(S2, S3, new(6), new(3), new(2), 0, default, true))
            .Violates("as leader of term 6, but", "no server was elected");

    [Fact]
    public void A_deposed_leaders_late_message_of_its_own_term_does_not() =>
        new EventScript("ElectionSafety")
            .Lead(1, term: 4).Lead(2, term: 5).Term(1, 5).Become(Role.Follower, 1)
            .Send(new AppendEntries(S1, S3, new(4), default, default, default, default))
            .Send(new AppendEntries(S2, S3, new(5), default, default, default, default))
            .Fine();

    [Fact]
    public void Votes_for_two_candidates_in_one_term_violate_one_vote_per_term() =>
        new EventScript("OneVotePerTerm")
            .Send(Granted(S1, S2, 7)).Fine()
            .Crash(1).Start(1)
            .Send(Granted(S1, S3, 7)).Violates("S1 sends its vote of term 7 for S3", "sent it for S2");

    [Fact]
    public void A_candidate_that_votes_for_another_in_its_term_violates_one_vote_per_term() =>
        new EventScript("OneVotePerTerm")
            .Send(new RequestVote(S1, S2, new(7), default, default))
            .Send(Granted(S1, S3, 7)).Violates("S1 sends its vote of term 7 for S3", "sent it for S1");

    [Fact]
    public void Standing_in_a_term_after_voting_in_it_violates_one_vote_per_term() =>
        new EventScript("OneVotePerTerm")
            .Send(Granted(S1, S3, 7)).Fine()
            .Send(new RequestVote(S1, S2, new(7), default, default)).Violates("S1 sends its vote of term 7 for S1", "sent it for S3");

    [Fact]
    public void Finding_another_vote_on_the_disk_than_the_one_sent_violates_one_vote_per_term() =>
        new EventScript("OneVotePerTerm")
            .Send(Granted(S1, S2, 7)).Fine()
            .Crash(1).Start(1, EventScript.Disk(7, vote: 3)).Violates("S1 starts in term 7 with a vote for S3 on its disk", "sent its vote in that term for S2");

    [Fact]
    public void Finding_the_vote_sent_or_one_of_a_newer_term_does_not() =>
        new EventScript("OneVotePerTerm")
            .Send(Granted(S1, S2, 7))
            .Crash(1).Start(1, EventScript.Disk(7, vote: 2)).Fine()
            .Crash(1).Start(1, EventScript.Disk(8, vote: 3)).Fine()
            .Crash(2).Start(2, EventScript.Disk(7, vote: 3)).Fine();

    [Fact]
    public void Votes_in_different_terms_repeated_votes_and_refusals_do_not() =>
        new EventScript("OneVotePerTerm")
            .Send(Granted(S1, S2, 7)).Send(Granted(S1, S2, 7))
            .Send(new RequestVoteReply(S1, S3, new(7), new(7), false))
            .Send(Granted(S2, S3, 7))
            .Send(Granted(S1, S3, 8)).Send(Granted(S1, S2, 1_000_000)).Send(Granted(S1, S3, 1_000_001))
            .Send(new RequestVote(S1, S2, new(9), default, default)).Send(new RequestVote(S1, S3, new(9), default, default))
            .Fine();

    [Fact]
    public void A_vote_is_remembered_in_a_term_far_away() =>
        new EventScript("OneVotePerTerm").Send(Granted(S1, S2, 1_000_000)).Send(Granted(S1, S3, 1_000_000)).Violates("term 1000000 for S3", "for S2");

    [Fact]
    public void A_term_that_falls_violates_monotonic_term() =>
        new EventScript("MonotonicTerm").Term(1, 5).Fine().Term(1, 4).Violates("S1 goes from term 5 to term 4");

    [Fact]
    public void A_term_advanced_to_itself_violates_monotonic_term() =>
        new EventScript("MonotonicTerm").Term(1, 5).Fine().Term(1, 5).Violates("S1 goes from term 5 to term 5");

    [Fact]
    public void A_term_that_fell_unnoticed_violates_monotonic_term_at_the_next_vote_or_change_of_role()
    {
        new EventScript("MonotonicTerm").Term(1, 5).Vote(1, 5, 2).Fine().Vote(1, 4, 2).Violates("S1 was in term 5 and is in term 4 at Voted");
        new EventScript("MonotonicTerm").Term(1, 5).Become(Role.Leader, 1, 3).Violates("S1 was in term 5 and is in term 3 at RoleChanged");
    }

    [Fact]
    public void A_term_that_falls_on_disk_violates_monotonic_term() =>
        new EventScript("MonotonicTerm").WriteTerm(1, 5).WriteTerm(1, 5, vote: 2).Fine().WriteTerm(1, 4).Violates("the disk of S1 goes from term 5 to term 4");

    [Fact]
    public void Starting_in_an_older_term_than_the_disk_holds_violates_monotonic_term() =>
        new EventScript("MonotonicTerm")
            .Term(1, 5).WriteTerm(1, 5).Crash(1).Start(1, EventScript.Disk(4)).Violates("S1 starts in term 4", "its disk holds term 5");

    [Fact]
    public void Starting_in_an_older_term_than_was_in_memory_only_does_not() =>
        new EventScript("MonotonicTerm")
            .Term(1, 4).WriteTerm(1, 4).Term(1, 5).Crash(1).Start(1, EventScript.Disk(4)).Term(1, 5).Vote(1, 5, 1).Become(Role.Candidate, 1).Fine();

    private static RequestVoteReply Granted(ServerId voter, ServerId candidate, long term) => new(voter, candidate, new(term), new(term), true);
}
