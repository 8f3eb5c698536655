using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Paper, section 5.3: a refusal tells the term of the conflicting entry and the first index of that term.</summary>
public sealed class ConflictHintTests
{
    // Follower's log; previous entry of the request; conflict term, conflict index, last index of the refusal.
    [Theory]
    [InlineData("", "5/2", 0, 1, 0)]
    [InlineData("1 1", "5/2", 0, 3, 2)]
    [InlineData("1 1", "3/1", 0, 3, 2)]
    [InlineData("1 1 1", "3/2", 1, 1, 3)]
    [InlineData("1 2 2 2 3", "4/3", 2, 2, 5)]
    [InlineData("1 2 2 2 3", "2/1", 2, 2, 5)]
    [InlineData("1 2 2 2 3", "5/2", 3, 5, 5)]
    [InlineData("[4/1]", "6/2", 0, 5, 4)]
    [InlineData("[4/1] 1 1 2", "6/2", 1, 5, 7)]
    [InlineData("[4/1] 2 3", "6/2", 3, 6, 6)]
    public void A_refusal_names_the_conflicting_term_its_first_index_and_the_end_of_the_log(
        string log, string prev, long conflictTerm, long conflictIndex, long last)
    {
        CoreHarness follower = CoreHarness.Follower(log, term: 4);

        AppendEntriesReply reply = follower.Receive(follower.Append(2, prev)).Only<AppendEntriesReply>();

        Assert.Equal(
            new AppendEntriesReply(
                S(1), S(2), T(4), T(4), false, Position(prev).Index, At(0), T(conflictTerm), At(conflictIndex), At(last)),
            reply);
    }

    // Leader's log (its first probe is behind its end); the follower's hint; the leader's next probe.
    [Theory]
    // The follower's log is too short.
    [InlineData("1 1 2 2 3", 0, 3, 2, 3)]
    [InlineData("1 1 2 2 3", 0, 1, 0, 1)]
    [InlineData("1 1 2 2 3", 0, 5, 4, 5)]
    // The leader has the conflicting term: go to behind its last entry of that term.
    [InlineData("1 1 2 2 3", 2, 3, 5, 5)]
    [InlineData("1 1 2 2 3", 1, 1, 5, 3)]
    [InlineData("1 2 2 2 4", 2, 4, 5, 5)]
    [InlineData("1 1 1 4 4", 1, 2, 9, 4)]
    // It does not: skip the follower's whole term.
    [InlineData("1 1 3 3 3", 2, 3, 5, 3)]
    [InlineData("1 1 3 3 3", 2, 1, 5, 1)]
    [InlineData("1 1 1 1 1", 2, 4, 7, 4)]
    [InlineData("2 2 2 2 2", 1, 1, 5, 1)]
    [InlineData("1 4 4 4 4", 3, 5, 5, 5)]
    // Behind a snapshot; the snapshot's own term is known.
    [InlineData("[2/2] 3 3 4", 2, 1, 5, 3)]
    [InlineData("[2/2] 4 4 4", 3, 4, 5, 4)]
    public void The_leader_skips_a_whole_term_for_one_refusal(
        string log, long conflictTerm, long conflictIndex, long followerLast, long next)
    {
        CoreHarness leader = CoreHarness.Leader(log, term: 5);

        Step step = leader.Receive(leader.Refused(2, prev: 5, conflictTerm, conflictIndex, followerLast));

        AppendEntries probe = step.Only<AppendEntries>();
        Assert.Equal(At(next - 1), probe.PrevLogIndex);
        Assert.Equal(leader.Core.Log.TermAt(At(next - 1)), probe.PrevLogTerm);
        Assert.Equal(5 - (next - 1), probe.Entries.Length);
        Assert.Equal((At(next), ReplicationMode.Probe), (leader.Progress(2).NextIndex, leader.Progress(2).Mode));
        Assert.Equal(WriteId.None, Assert.Single(step.Messages).After);
    }

    [Theory]
    // Too short; too short by more than the leader's snapshot reaches; a term that ends inside the snapshot.
    [InlineData(0, 3, 2)]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 5)]
    public void A_hint_that_leads_into_the_snapshot_makes_the_leader_send_it(long conflictTerm, long conflictIndex, long last)
    {
        CoreHarness leader = CoreHarness.Leader("[3/2] 2 3", term: 4);

        Step step = leader.Receive(leader.Refused(2, prev: 5, conflictTerm, conflictIndex, last));

        Assert.Equal((At(3), T(2)), (step.Only<InstallSnapshot>().LastIncludedIndex, step.Only<InstallSnapshot>().LastIncludedTerm));
        Assert.Equal(ReplicationMode.Snapshot, leader.Progress(2).Mode);
    }

    [Fact]
    public void The_next_probe_moves_back_even_when_the_hint_would_not()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1 1 1", term: 2);

        Step step = leader.Receive(leader.Refused(2, prev: 5, conflictTerm: 0, conflictIndex: 9, last: 8));

        Assert.Equal(At(4), step.Only<AppendEntries>().PrevLogIndex);
    }

    [Fact]
    public void A_refusal_never_moves_the_next_index_to_what_is_known_to_match()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1 1 1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 3));

        Step step = leader.Receive(leader.Refused(2, prev: 6, conflictTerm: 0, conflictIndex: 1, last: 0));

        Assert.Equal((At(4), At(3)), (leader.Progress(2).NextIndex, leader.Progress(2).MatchIndex));
        Assert.Equal(At(3), step.Only<AppendEntries>().PrevLogIndex);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(0)]
    public void A_late_refusal_of_what_is_known_to_match_changes_nothing(long prev)
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1 1 1 1", term: 2);
        leader.Receive(leader.Appended(2, match: 6));
        LogIndex next = leader.Progress(2).NextIndex;

        Assert.True(leader.Receive(leader.Refused(2, prev, conflictTerm: 1, conflictIndex: 1, last: 6)).IsEmpty);

        Assert.Equal((next, At(6)), (leader.Progress(2).NextIndex, leader.Progress(2).MatchIndex));
        Assert.Equal(ReplicationMode.Replicate, leader.Progress(2).Mode);
    }

    [Fact]
    public void A_repeated_refusal_of_an_earlier_probe_changes_nothing()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1 1 1 1", term: 2);
        AppendEntriesReply refusal = leader.Refused(2, prev: 6, conflictTerm: 0, conflictIndex: 4, last: 3);
        Assert.Single(leader.Receive(refusal).Messages);

        Assert.True(leader.Receive(refusal).IsEmpty);
        Assert.Equal(At(4), leader.Progress(2).NextIndex);
    }

    [Fact]
    public void A_refusal_does_not_touch_the_match_index()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1", term: 2);
        leader.Propose();
        leader.CompleteAll();

        leader.Receive(leader.Refused(2, prev: 3, conflictTerm: 0, conflictIndex: 2, last: 4) with { MatchIndex = At(4) });

        Assert.Equal(At(0), leader.Progress(2).MatchIndex);
        Assert.Equal(At(0), leader.Core.CommitIndex);
    }

    // Two logs, a leader and a follower core between them: the round trips that it takes to agree.
    [Theory]
    [InlineData("1 1 1 1", "1 1 1 1", 1)]
    [InlineData("1 1 1 1", "", 2)]
    [InlineData("1 4 4 4", "1 2 2 2", 2)]
    [InlineData("1 1 1 1", "1 2 2 2 2 2", 2)]
    [InlineData("4 4 4 4", "1 1 2 2", 3)]
    [InlineData("1 4 4 4", "1 1 1 1", 2)]
    [InlineData("1 1 4 4 4 4", "1 1 2 2 3 3", 3)]
    [InlineData("4 4 4 4 4 4", "1 1 2 2 3 3", 4)]
    public void Logs_agree_after_one_round_trip_for_each_conflicting_term_and_one_for_the_agreement(
        string leaderLog, string followerLog, int roundTrips)
    {
        CoreHarness leader = CoreHarness.Follower(leaderLog, term: 4);
        CoreHarness follower = CoreHarness.Follower(followerLog, term: 4, id: 2);

        Assert.Equal(roundTrips, Conversation.UntilTheLogsAgree(leader, follower));
        Assert.Equal(leader.LogText, follower.LogText);
    }

    [Fact]
    public void Repair_takes_no_more_round_trips_for_terms_of_many_entries()
    {
        string common = string.Join(' ', Enumerable.Repeat("1", 10));
        CoreHarness leader = CoreHarness.Follower($"{common} {string.Join(' ', Enumerable.Repeat("6", 200))}", term: 6);
        CoreHarness follower = CoreHarness.Follower(
            $"{common} {string.Join(' ', Enumerable.Range(2, 4).SelectMany(term => Enumerable.Repeat($"{term}", 50)))}", term: 6, id: 2);

        Assert.Equal(5, Conversation.UntilTheLogsAgree(leader, follower));
        Assert.Equal(leader.LogText, follower.LogText);
    }
}
