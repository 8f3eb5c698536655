using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>The requests of a leader, and its conclusions from replies: paper, section 5.3, Figure 2 "rules for leaders".</summary>
public sealed class ReplicationTests
{
    [Fact]
    public void While_a_probe_is_on_its_way_nothing_else_is_sent_but_with_the_heartbeat()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);

        Assert.Empty(leader.Propose().Messages);

        AppendEntries again = leader.Heartbeat().To<AppendEntries>(2);
        Assert.Equal((At(2), "3/2"), (again.PrevLogIndex, Positions(again.Entries)));
        Assert.Equal(At(3), leader.Progress(2).NextIndex);
    }

    [Fact]
    public void A_proposal_goes_at_once_to_the_followers_that_agree()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 2));

        AppendEntries first = leader.Propose().Only<AppendEntries>();
        AppendEntries second = leader.Propose(2).Only<AppendEntries>();

        Assert.Equal((S(2), At(2), T(1), "3/2"), (first.To, first.PrevLogIndex, first.PrevLogTerm, Positions(first.Entries)));
        Assert.Equal((S(2), At(3), T(2), "4/2 5/2"), (second.To, second.PrevLogIndex, second.PrevLogTerm, Positions(second.Entries)));
        Assert.Equal((At(6), At(2)), (leader.Progress(2).NextIndex, leader.Progress(2).MatchIndex));
    }

    [Fact]
    public void A_leader_reports_the_place_of_the_first_command_that_it_appended()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);

        Assert.Equal(At(3), leader.Propose(2).FirstProposedIndex);
        Assert.Equal(At(5), leader.Propose().FirstProposedIndex);
        Assert.Equal(LogIndex.Zero, leader.Heartbeat().FirstProposedIndex);
        Assert.Equal(LogIndex.Zero, CoreHarness.Follower("1 1", 2, 0).Propose().FirstProposedIndex);
    }

    [Fact]
    public void A_success_of_a_probe_sends_what_has_come_meanwhile()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        leader.Propose(2);

        Step step = leader.Receive(leader.Appended(2, match: 2));

        Assert.Equal("3/2 4/2", Positions(step.Only<AppendEntries>().Entries));
        Assert.Equal(ReplicationMode.Replicate, leader.Progress(2).Mode);
    }

    // Requests overtook each other: the follower refused the second, then took the first, and both replies arrive.
    [Fact]
    public void A_success_from_before_the_probe_does_not_send_the_probe_once_more()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 2));
        leader.Propose();
        leader.Propose();

        Step probe = leader.Receive(leader.Refused(2, prev: 3, conflictTerm: 0, conflictIndex: 3, last: 2));
        Step late = leader.Receive(leader.Appended(2, match: 3));
        LogIndex matchBefore = leader.Progress(2).MatchIndex;
        Step answer = leader.Receive(leader.Appended(2, match: 4));

        Assert.Equal("3/2 4/2", Positions(probe.Only<AppendEntries>().Entries));
        Assert.Empty(late.Messages);
        Assert.Equal(At(3), matchBefore);
        Assert.Empty(answer.Messages);
        Assert.Equal((ReplicationMode.Replicate, At(5)), (leader.Progress(2).Mode, leader.Progress(2).NextIndex));
    }

    [Fact]
    public void A_repeated_probe_is_answered_by_what_answers_the_first()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        leader.Heartbeat();
        leader.Propose(2);
        leader.Heartbeat();

        leader.Receive(leader.Appended(2, match: 2));

        Assert.Equal(ReplicationMode.Replicate, leader.Progress(2).Mode);
    }

    [Fact]
    public void The_match_index_is_what_the_request_verified_and_not_what_was_sent_since()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Receive(leader.Appended(2, match: 0));
        leader.Propose();
        leader.Propose();
        leader.CompleteAll();

        leader.Receive(leader.Appended(2, match: 1));

        Assert.Equal((At(1), At(3)), (leader.Progress(2).MatchIndex, leader.Progress(2).NextIndex));
        Assert.Equal(At(1), leader.Core.CommitIndex);
    }

    [Fact]
    public void Replies_that_change_places_leave_the_highest_match()
    {
        CoreHarness leader = CoreHarness.Leader("1", term: 2);
        leader.Receive(leader.Appended(2, match: 1));
        leader.Propose();
        leader.Propose();
        leader.CompleteAll();

        leader.Receive(leader.Appended(2, match: 3));
        leader.Receive(leader.Appended(2, match: 2));

        Assert.Equal((At(3), At(4)), (leader.Progress(2).MatchIndex, leader.Progress(2).NextIndex));
    }

    [Fact]
    public void A_follower_reports_what_the_request_verified_and_not_its_own_last_entry()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1 1 1", term: 2);

        Assert.Equal(At(2), follower.Receive(follower.Append(2, "1/1", "1")).Only<AppendEntriesReply>().MatchIndex);
        Assert.Equal(At(1), follower.Receive(follower.Append(2, "1/1")).Only<AppendEntriesReply>().MatchIndex);
    }

    [Fact]
    public void A_heartbeat_to_a_follower_that_agrees_is_empty_and_stands_behind_all_that_was_sent()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 2));
        leader.Propose(3);

        AppendEntries heartbeat = leader.Heartbeat().To<AppendEntries>(2);

        Assert.Equal((At(5), T(2), true), (heartbeat.PrevLogIndex, heartbeat.PrevLogTerm, heartbeat.Entries.IsEmpty));
        Assert.Equal(At(6), leader.Progress(2).NextIndex);
    }

    [Fact]
    public void Entries_that_were_lost_are_sent_again_when_a_heartbeat_is_refused()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 2));
        leader.Propose(3);
        leader.Heartbeat();

        Step step = leader.Receive(leader.Refused(2, prev: 5, conflictTerm: 0, conflictIndex: 3, last: 2));

        Assert.Equal((At(2), "3/2 4/2 5/2"), (step.Only<AppendEntries>().PrevLogIndex, Positions(step.Only<AppendEntries>().Entries)));
        Assert.Equal(ReplicationMode.Probe, leader.Progress(2).Mode);
    }

    [Fact]
    public void A_lost_acknowledgement_is_made_good_by_the_next_heartbeat()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Receive(leader.Appended(2, match: 0));
        leader.Propose(3);
        leader.CompleteAll();
        AppendEntries heartbeat = leader.Heartbeat().To<AppendEntries>(2);

        leader.Receive(leader.Appended(2, heartbeat.LastIndex.Value));

        Assert.Equal(At(3), leader.Core.CommitIndex);
    }

    [Fact]
    public void One_request_carries_no_more_entries_than_allowed_and_the_requests_are_contiguous()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1, with: o => o with { MaxEntriesPerAppend = 3 });
        leader.Receive(leader.Appended(2, match: 0));

        AppendEntries[] requests = leader.Propose(8).AllTo<AppendEntries>(2);

        Assert.Equal(["1/1 2/1 3/1", "4/1 5/1 6/1", "7/1 8/1"], requests.Select(r => Positions(r.Entries)));
        Assert.Equal([At(0), At(3), At(6)], requests.Select(r => r.PrevLogIndex));
    }

    [Fact]
    public void A_full_window_holds_further_entries_back_until_an_acknowledgement()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1, with: o => o with { MaxEntriesPerAppend = 2, MaxEntriesInFlight = 4 });
        leader.Receive(leader.Appended(2, match: 0));

        Assert.Equal(["1/1 2/1", "3/1 4/1"], leader.Propose(9).AllTo<AppendEntries>(2).Select(r => Positions(r.Entries)));
        Assert.Empty(leader.Propose().Messages);

        Step step = leader.Receive(leader.Appended(2, match: 2));
        Assert.Equal(["5/1 6/1"], step.AllTo<AppendEntries>(2).Select(r => Positions(r.Entries)));
    }

    // Entries a request; entries in flight; what is sent of twenty at once.
    [Theory]
    [InlineData(256, 1, "1")]
    [InlineData(256, 3, "3")]
    [InlineData(3, 4, "3 1")]
    [InlineData(2, 4, "2 2")]
    [InlineData(8, 256, "8 8 4")]
    public void No_more_entries_are_in_flight_than_the_window_allows(int perAppend, int window, string requests)
    {
        CoreHarness leader = CoreHarness.Leader(
            "", term: 1, with: o => o with { MaxEntriesPerAppend = perAppend, MaxEntriesInFlight = window });
        leader.Receive(leader.Appended(2, match: 0));

        AppendEntries[] sent = leader.Propose(20).AllTo<AppendEntries>(2);

        Assert.Equal(requests, string.Join(' ', sent.Select(r => r.Entries.Length)));
    }

    [Theory]
    [InlineData(256, 2, 2)]
    [InlineData(3, 256, 3)]
    public void A_probe_carries_no_more_than_a_request_and_the_window_allow(int perAppend, int window, int entries)
    {
        CoreHarness leader = CoreHarness.Leader(
            "1 1 1 1 1", term: 2, with: o => o with { MaxEntriesPerAppend = perAppend, MaxEntriesInFlight = window });

        Step step = leader.Receive(leader.Refused(2, prev: 5, conflictTerm: 0, conflictIndex: 1, last: 0));

        Assert.Equal(entries, step.Only<AppendEntries>().Entries.Length);
        Assert.Equal(entries, leader.Heartbeat().To<AppendEntries>(2).Entries.Length);
    }

    [Fact]
    public void A_heartbeat_does_not_carry_what_the_window_holds_back()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1, with: o => o with { MaxEntriesInFlight = 2 });
        leader.Receive(leader.Appended(2, match: 0));
        leader.Propose(5);

        AppendEntries heartbeat = leader.Heartbeat().To<AppendEntries>(2);

        Assert.Equal((At(2), 0), (heartbeat.PrevLogIndex, heartbeat.Entries.Length));
        Assert.Equal(At(3), leader.Progress(2).NextIndex);
    }

    [Fact]
    public void A_follower_that_is_slow_does_not_hold_up_another()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Receive(leader.Appended(3, match: 0));

        Assert.Equal("1/1", Positions(leader.Propose().To<AppendEntries>(3).Entries));
        Assert.Equal("2/1", Positions(leader.Propose().To<AppendEntries>(3).Entries));
        Assert.Equal(ReplicationMode.Probe, leader.Progress(2).Mode);
    }

    [Fact]
    public void A_success_that_comes_late_to_a_probe_does_not_take_the_next_index_back()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1 1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 5));
        leader.Propose(2);
        leader.Receive(leader.Refused(2, prev: 7, conflictTerm: 0, conflictIndex: 6, last: 5));

        leader.Receive(leader.Appended(2, match: 3));

        Assert.Equal((At(5), At(6)), (leader.Progress(2).MatchIndex, leader.Progress(2).NextIndex));
        Assert.Equal(ReplicationMode.Probe, leader.Progress(2).Mode);
    }
}
