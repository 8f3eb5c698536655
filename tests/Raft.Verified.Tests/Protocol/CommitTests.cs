using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Paper, sections 5.3 and 5.4.2: what is committed, and what is handed out to be applied.</summary>
public sealed class CommitTests
{
    // Matches of the followers of a leader whose five entries "1 1 3 3 3" are durable, the last three of its own term.
    [Theory]
    [InlineData(3, new long[] { 0, 0 }, 0)]
    [InlineData(3, new long[] { 5, 0 }, 5)]
    [InlineData(3, new long[] { 0, 4 }, 4)]
    [InlineData(3, new long[] { 3, 4 }, 4)]
    [InlineData(3, new long[] { 2, 2 }, 0)]
    [InlineData(3, new long[] { 1, 2 }, 0)]
    [InlineData(3, new long[] { 3, 2 }, 3)]
    [InlineData(2, new long[] { 4 }, 4)]
    [InlineData(2, new long[] { 2 }, 0)]
    [InlineData(4, new long[] { 5, 0, 0 }, 0)]
    [InlineData(4, new long[] { 5, 4, 0 }, 4)]
    [InlineData(5, new long[] { 5, 0, 0, 0 }, 0)]
    [InlineData(5, new long[] { 5, 4, 0, 0 }, 4)]
    [InlineData(5, new long[] { 5, 4, 3, 0 }, 4)]
    [InlineData(5, new long[] { 5, 2, 2, 2 }, 0)]
    public void A_leader_commits_what_a_majority_holds_when_it_is_of_its_own_term(int servers, long[] matches, long commit)
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 3, servers);
        leader.Propose(3);
        leader.CompleteAll();
        for (int i = 0; i < matches.Length; i++)
        {
            leader.Receive(leader.Appended(i + 2, matches[i]));
        }

        Assert.Equal(At(commit), leader.Core.CommitIndex);
        Assert.Equal(At(commit), leader.Core.LastApplied);
    }

    [Fact]
    public void Entries_of_older_terms_are_committed_along_with_one_of_the_leaders_own()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 2", term: 3);
        leader.Receive(leader.Appended(2, match: 3));
        leader.Receive(leader.Appended(3, match: 3));
        Assert.Equal(At(0), leader.Core.CommitIndex);
        leader.Propose();
        leader.CompleteAll();

        Step step = leader.Receive(leader.Appended(2, match: 4));

        Assert.Equal("1/1 2/1 3/2 4/3", Positions(step.Committed));
    }

    [Fact]
    public void The_empty_entry_of_the_election_commits_what_came_before_it()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2, emptyEntry: true);

        Step step = leader.Receive(leader.Appended(3, match: 3));

        Assert.Equal("1/1 2/1 3/2", Positions(step.Committed));
        Assert.Equal([EntryKind.Command, EntryKind.Command, EntryKind.Empty], step.Committed.Select(e => e.Kind));
    }

    [Fact]
    public void The_leaders_own_entry_counts_only_once_it_is_durable()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Propose();

        leader.Receive(leader.Appended(2, match: 1));
        Assert.Equal(At(0), leader.Core.CommitIndex);

        Step step = leader.Complete();
        Assert.Equal(At(1), leader.Core.CommitIndex);
        Assert.Equal("1/1", Positions(step.Committed));
    }

    [Fact]
    public void A_majority_of_followers_commits_without_the_leaders_disk_but_the_leader_applies_only_what_its_disk_holds()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Propose(2);
        leader.Receive(leader.Appended(2, match: 2));

        Step committed = leader.Receive(leader.Appended(3, match: 2));
        Assert.Equal((At(2), At(0)), (leader.Core.CommitIndex, leader.Core.LastApplied));
        Assert.Empty(committed.Committed);

        Assert.Equal("1/1 2/1", Positions(leader.Complete().Committed));
        Assert.Equal(At(2), leader.Core.LastApplied);
    }

    [Fact]
    public void A_single_server_commits_what_its_disk_holds()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1, servers: 1);
        leader.Propose();
        Assert.Equal(At(0), leader.Core.CommitIndex);
        leader.Propose();

        Assert.Equal("1/1", Positions(leader.Complete().Committed));
        Assert.Equal("2/1", Positions(leader.Complete().Committed));
    }

    // Follower's log; the request; the leader's commit index; the follower's afterwards.
    [Theory]
    [InlineData("1 1 1", "0/0", "", 3, 0)]
    [InlineData("1 1 1", "2/1", "", 3, 2)]
    [InlineData("1 1 1", "3/1", "", 2, 2)]
    [InlineData("1 1 1", "0/0", "1", 3, 1)]
    [InlineData("1 1 1", "1/1", "2", 3, 2)]
    [InlineData("1 1 1", "3/1", "1 1", 9, 5)]
    [InlineData("1 1 1", "3/1", "1 1", 0, 0)]
    [InlineData("1 1 1", "3/1", "1 1", 4, 4)]
    [InlineData("[3/1] 1", "1/1", "", 9, 3)]
    [InlineData("[3/1] 1", "3/1", "", 9, 3)]
    public void A_followers_commit_index_is_bounded_by_the_last_entry_that_the_message_verified(
        string log, string prev, string entries, long leaderCommit, long commit)
    {
        CoreHarness follower = CoreHarness.Follower(log, term: 4);

        follower.Receive(follower.Append(2, prev, entries, leaderCommit));

        Assert.Equal(At(commit), follower.Core.CommitIndex);
    }

    [Fact]
    public void An_older_message_does_not_take_the_commit_index_back()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        follower.Receive(follower.Append(2, "3/1", commit: 3));

        follower.Receive(follower.Append(2, "3/1", commit: 1));
        follower.Receive(follower.Append(2, "1/1", commit: 1));

        Assert.Equal((At(3), At(3)), (follower.Core.CommitIndex, follower.Core.LastApplied));
        Assert.Single(follower.EventsOf(RaftEventKind.CommitAdvanced));
    }

    [Fact]
    public void A_late_acknowledgement_does_not_take_the_leaders_commit_index_or_match_back()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Propose(3);
        leader.CompleteAll();
        leader.Receive(leader.Appended(2, match: 3));

        leader.Receive(leader.Appended(2, match: 1));

        Assert.Equal((At(3), At(4)), (leader.Progress(2).MatchIndex, leader.Progress(2).NextIndex));
        Assert.Equal(At(3), leader.Core.CommitIndex);
    }

    [Fact]
    public void A_follower_applies_only_what_its_own_disk_holds()
    {
        CoreHarness follower = CoreHarness.Follower("1", term: 1);

        Step step = follower.Receive(follower.Append(2, "1/1", "1 1", commit: 3));

        Assert.Equal("1/1", Positions(step.Committed));
        Assert.Equal((At(3), At(1)), (follower.Core.CommitIndex, follower.Core.LastApplied));
        Assert.Equal("2/1 3/1", Positions(follower.Complete().Committed));
    }

    [Fact]
    public void Every_entry_is_handed_out_once_and_in_order()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        List<LogEntry> applied = [];
        for (int round = 0; round < 3; round++)
        {
            applied.AddRange(follower.Receive(follower.Append(2, "0/0", "1 1", commit: 1)).Committed);
            applied.AddRange(follower.Receive(follower.Append(2, "2/1", "1 1", commit: 4)).Committed);
            applied.AddRange(follower.CompleteAll().SelectMany(step => step.Committed));
        }

        Assert.Equal("1/1 2/1 3/1 4/1", Positions(applied));
    }

    [Fact]
    public void A_refused_append_commits_nothing()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 2);

        follower.Receive(follower.Append(2, "3/2", commit: 3));

        Assert.Equal(At(0), follower.Core.CommitIndex);
    }

    [Fact]
    public void The_commit_index_is_told_to_followers_with_the_next_message()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Propose();
        leader.CompleteAll();
        leader.Receive(leader.Appended(2, match: 1));

        Assert.Equal(At(1), leader.Heartbeat().To<AppendEntries>(2).LeaderCommit);
        Assert.Equal(At(1), leader.Propose().To<AppendEntries>(2).LeaderCommit);
    }

    [Fact]
    public void A_commit_is_told_in_one_event()
    {
        CoreHarness leader = CoreHarness.Leader("", term: 1);
        leader.Propose(3);
        leader.CompleteAll();
        leader.Receive(leader.Appended(2, match: 1));
        leader.Receive(leader.Appended(2, match: 3));

        Assert.Equal(
            [(At(1), At(0)), (At(3), At(1))],
            leader.EventsOf(RaftEventKind.CommitAdvanced).Select(e => (e.Index, e.OtherIndex)));
    }
}
