using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Paper, section 5.3, and Figure 2 "AppendEntries RPC, receiver implementation".</summary>
public sealed class AppendTests
{
    // Follower's log; previous entry; entries sent; the log afterwards; what the success vouches for.
    [Theory]
    [InlineData("", "0/0", "", "", 0)]
    [InlineData("", "0/0", "1 1", "1 1", 2)]
    [InlineData("1 1", "2/1", "", "1 1", 2)]
    [InlineData("1 1", "2/1", "3", "1 1 3", 3)]
    // Late, repeated and shortened requests change nothing.
    [InlineData("1 1 3", "0/0", "", "1 1 3", 0)]
    [InlineData("1 1 3", "0/0", "1", "1 1 3", 1)]
    [InlineData("1 1 3", "1/1", "1 3", "1 1 3", 3)]
    [InlineData("1 1 3 3 3", "1/1", "1 3", "1 1 3 3 3", 3)]
    [InlineData("1 1 3", "1/1", "1 3 3", "1 1 3 3", 4)]
    // The first conflicting entry takes everything behind it along, and nothing before it.
    [InlineData("1 1 1", "0/0", "2", "2", 1)]
    [InlineData("1 1 1", "1/1", "2", "1 2", 2)]
    [InlineData("1 1 1 1 1", "1/1", "1 2", "1 1 2", 3)]
    [InlineData("1 1 2 2", "1/1", "1 3 3 3", "1 1 3 3 3", 5)]
    [InlineData("1 1 2 2", "2/1", "2 3", "1 1 2 3", 4)]
    [InlineData("1 1 3 3", "1/1", "1 2", "1 1 2", 3)]
    // Behind a snapshot.
    [InlineData("[3/1]", "3/1", "2", "[3/1] 2", 4)]
    [InlineData("[3/1] 2", "4/2", "", "[3/1] 2", 4)]
    [InlineData("[3/1] 1", "3/1", "2", "[3/1] 2", 4)]
    // An entry at or below the snapshot never re-enters the log.
    [InlineData("[3/1]", "0/0", "1 1 1", "[3/1]", 3)]
    [InlineData("[3/1]", "0/0", "1", "[3/1]", 1)]
    [InlineData("[3/1]", "0/0", "1 1 1 2", "[3/1] 2", 4)]
    [InlineData("[3/1] 2 2", "1/1", "1 1 2", "[3/1] 2 2", 4)]
    [InlineData("[3/1] 1 1", "1/1", "1 1 2", "[3/1] 2", 4)]
    [InlineData("[3/1] 1 1", "1/1", "", "[3/1] 1 1", 1)]
    [InlineData("[3/1] 1 1", "1/1", "1 2", "[3/1] 1 1", 3)]
    public void An_append_whose_previous_entry_matches_is_taken(string log, string prev, string entries, string after, long match)
    {
        CoreHarness follower = CoreHarness.Follower(log, term: 4);

        Step step = follower.Receive(follower.Append(2, prev, entries));

        Assert.Equal(after, follower.LogText);
        AppendEntriesReply reply = step.Only<AppendEntriesReply>();
        Assert.True(reply.Success);
        Assert.Equal(At(match), reply.MatchIndex);
        Assert.Equal((T(4), T(4), S(2)), (reply.Term, reply.RequestTerm, reply.To));
        Assert.Equal(log == after, step.Write is null);
        Assert.Equal(step.Write?.Id ?? WriteId.None, Assert.Single(step.Messages).After);

        follower.CompleteAll();
        Assert.Equal(after, follower.Restart().LogText);
    }

    [Theory]
    [InlineData("", "1/1")]
    [InlineData("", "5/1")]
    [InlineData("1 1", "3/1")]
    [InlineData("1 1", "2/2")]
    [InlineData("1 2", "1/2")]
    [InlineData("[3/1]", "4/1")]
    [InlineData("[3/1] 2", "4/1")]
    [InlineData("[3/1] 2", "3/2")]
    public void An_append_whose_previous_entry_is_missing_or_differs_is_refused_whether_it_carries_entries_or_not(string log, string prev)
    {
        foreach (string entries in (string[])["", "3 3"])
        {
            CoreHarness follower = CoreHarness.Follower(log, term: 4);

            Step step = follower.Receive(follower.Append(2, prev, entries, commit: 9));

            Assert.False(step.Only<AppendEntriesReply>().Success);
            Assert.Equal(At(0), step.Only<AppendEntriesReply>().MatchIndex);
            Assert.Equal(log, follower.LogText);
            Assert.Null(step.Write);
            Assert.Equal(follower.Core.Log.SnapshotIndex, follower.Core.CommitIndex);
        }
    }

    [Fact]
    public void An_empty_append_at_the_end_of_the_log_is_answered_like_any_other()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 2", term: 2);

        Assert.True(follower.Receive(follower.Append(2, "3/2")).Only<AppendEntriesReply>().Success);
        Assert.False(follower.Receive(follower.Append(2, "3/1")).Only<AppendEntriesReply>().Success);
    }

    [Fact]
    public void The_write_replaces_the_log_from_the_first_change_on()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1 1", term: 2);

        DurableWrite write = follower.Receive(follower.Append(2, "1/1", "1 2 2")).Write!;

        Assert.Equal(At(3), write.LogFrom);
        Assert.Equal("3/2 4/2", Positions(write.Entries));
        Assert.Null(write.TermAndVote);
    }

    [Fact]
    public void A_new_term_and_the_entries_of_that_term_are_one_write()
    {
        CoreHarness follower = CoreHarness.Follower("1", term: 1);

        DurableWrite write = follower.Receive(follower.Append(2, "1/1", "2", term: 2)).Write!;

        Assert.Equal((T(2), ServerId.None), write.TermAndVote);
        Assert.Equal("2/2", Positions(write.Entries));
    }

    [Fact]
    public void Appended_and_deleted_entries_are_told_in_events()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 2);

        follower.Receive(follower.Append(2, "1/1", "2 2"));

        Assert.Equal(
            [
                RaftEventKind.MessageReceived, RaftEventKind.ElectionTimerReset, RaftEventKind.LogTruncated, RaftEventKind.EntryAppended,
                RaftEventKind.EntryAppended,
            ],
            follower.Events.Select(e => e.Kind));
        Assert.Equal((At(2), At(1)), (follower.Events[2].Index, follower.Events[2].OtherIndex));
        Assert.Equal([(At(2), T(2)), (At(3), T(2))], follower.EventsOf(RaftEventKind.EntryAppended).Select(e => (e.Index, e.OtherTerm)));
        Assert.Same(follower.Core.Log[At(3)], follower.Events[4].Subject);
    }

    [Fact]
    public void A_shorter_append_that_comes_late_does_not_cut_the_log()
    {
        CoreHarness follower = CoreHarness.Follower("1", term: 1);
        AppendEntries late = follower.Append(2, "1/1", "1 1");
        follower.Receive(follower.Append(2, "1/1", "1 1 1 1", commit: 1));
        follower.Receive(follower.Append(2, "5/1", commit: 5));

        follower.Receive(late);

        Assert.Equal("1 1 1 1 1", follower.LogText);
        Assert.Equal(At(5), follower.Core.CommitIndex);
    }

    // Nobody who follows the rules asks for it: Leader Completeness is broken somewhere, and going on would hide it.
    [Theory]
    [InlineData(3, "1/1")]
    [InlineData(2, "1/1")]
    [InlineData(2, "0/0")]
    public void A_committed_entry_is_never_deleted(long commit, string prev)
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        follower.Receive(follower.Append(2, "3/1", commit: commit));

        Assert.Throws<InvalidOperationException>(() => follower.Receive(follower.Append(3, prev, "2", term: 2)));

        Assert.Equal("1 1 1", follower.LogText);
    }

    [Fact]
    public void A_message_on_its_way_does_not_see_what_becomes_of_the_log()
    {
        CoreHarness leader = CoreHarness.Leader("1", term: 2);
        Step proposal = leader.Propose(2);
        leader.Receive(leader.Appended(2, match: 1));
        AppendEntries inFlight = leader.Heartbeat().To<AppendEntries>(3);
        ReadOnlyMemory<LogEntry> write = proposal.Write!.Entries;

        leader.Receive(leader.Append(3, "1/1", "3 3 3", term: 3));

        Assert.Equal("1 3 3 3", leader.LogText);
        Assert.Equal("2/2 3/2", Positions(inFlight.Entries));
        Assert.Equal("2/2 3/2", Positions(write));
    }

    [Fact]
    public void A_leader_never_changes_its_log_but_by_appending()
    {
        CoreHarness leader = CoreHarness.Leader("1 1", term: 2);

        leader.Propose(2);

        Assert.Equal("1 1 2 2", leader.LogText);
        Assert.Equal(["c1", "c2"], new[] { 3, 4 }.Select(i => Text(leader.Core.Log[At(i)].Command)));
        Assert.Empty(leader.EventsOf(RaftEventKind.LogTruncated));
    }

    [Theory]
    [InlineData(Role.Follower)]
    [InlineData(Role.Candidate)]
    public void Only_a_leader_takes_proposals(Role role)
    {
        CoreHarness server = role == Role.Candidate ? CoreHarness.Candidate("1", term: 2) : CoreHarness.Follower("1", term: 2);

        Assert.True(server.Propose().IsEmpty);
        Assert.Equal("1", server.LogText);
    }

    [Fact]
    public void A_proposal_of_nothing_does_nothing()
    {
        CoreHarness leader = CoreHarness.Leader("1", term: 2);

        Assert.True(leader.Propose(0).IsEmpty);
    }
}
