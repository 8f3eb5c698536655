using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Nothing is acknowledged before what it promises is durable; a leader's sends run beside its own write.</summary>
public sealed class DurabilityTests
{
    [Fact]
    public void An_acknowledgement_waits_for_the_entries_it_vouches_for()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);

        Step step = follower.Receive(follower.Append(2, "0/0", "1 1"));

        Assert.True(step.Only<AppendEntriesReply>().Success);
        Assert.Equal(step.Write!.Id, Assert.Single(step.Messages).After);
    }

    [Fact]
    public void A_repeated_append_is_not_acknowledged_before_the_write_of_the_first()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        WriteId write = follower.Receive(follower.Append(2, "0/0", "1 1")).Write!.Id;

        Step repeated = follower.Receive(follower.Append(2, "0/0", "1 1"));
        Step heartbeat = follower.Receive(follower.Append(2, "2/1"));

        Assert.Null(repeated.Write);
        Assert.Equal(write, Assert.Single(repeated.Messages).After);
        Assert.Equal(write, Assert.Single(heartbeat.Messages).After);
        follower.CompleteAll();
        Assert.Equal(WriteId.None, Assert.Single(follower.Receive(follower.Append(2, "2/1")).Messages).After);
    }

    [Fact]
    public void A_refusal_waits_for_every_earlier_write()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        follower.Receive(follower.Append(2, "0/0", "1"));
        WriteId last = follower.Receive(follower.Append(2, "1/1", "1")).Write!.Id;
        follower.Complete();

        Step refusal = follower.Receive(follower.Append(2, "7/1"));

        Assert.False(refusal.Only<AppendEntriesReply>().Success);
        Assert.Equal(last, Assert.Single(refusal.Messages).After);
    }

    [Fact]
    public void A_refusal_that_brings_a_newer_term_waits_for_it()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);

        Step step = follower.Receive(follower.Append(2, "7/1", term: 9));

        Assert.Equal((T(9), ServerId.None), step.Write!.TermAndVote);
        Assert.Equal(step.Write.Id, Assert.Single(step.Messages).After);
    }

    [Fact]
    public void An_installed_snapshot_is_acknowledged_once_it_is_durable()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);

        Step step = follower.Receive(follower.Install(2, "5/1"));

        Assert.Equal(At(5), step.Write!.Snapshot!.LastIncludedIndex);
        Assert.Equal(step.Write.Id, Assert.Single(step.Messages).After);
        Assert.Equal(step.Write.Id, Assert.Single(follower.Receive(follower.Install(2, "5/1")).Messages).After);
    }

    [Fact]
    public void A_leaders_appends_do_not_wait_for_its_own_disk()
    {
        CoreHarness leader = CoreHarness.Leader("1", term: 2);
        leader.Receive(leader.Appended(2, match: 1));

        Step proposal = leader.Propose();

        Assert.NotNull(proposal.Write);
        Assert.Equal("2/2", Positions(proposal.Only<AppendEntries>().Entries));
        Assert.All(proposal.Messages, m => Assert.Equal(WriteId.None, m.After));
        Assert.All(leader.Heartbeat().Messages, m => Assert.Equal(WriteId.None, m.After));
    }

    [Fact]
    public void A_leaders_snapshot_does_not_wait_for_its_own_disk()
    {
        CoreHarness leader = CoreHarness.Leader("[4/1]", term: 2);
        leader.Propose();

        Step step = leader.Receive(leader.Refused(2, prev: 4, conflictTerm: 0, conflictIndex: 1, last: 0));

        step.Only<InstallSnapshot>();
        Assert.Equal(WriteId.None, Assert.Single(step.Messages).After);
    }

    [Fact]
    public void The_heartbeats_of_a_new_leader_do_not_wait_for_its_empty_entry()
    {
        CoreHarness server = CoreHarness.Follower("", term: 0, emptyEntry: true);
        server.Timeout();
        server.CompleteAll();

        Step step = server.Receive(server.Vote(2));

        Assert.NotNull(step.Write);
        Assert.Equal(2, step.Messages.Count);
        Assert.All(step.Messages, m => Assert.Equal(WriteId.None, m.After));
    }

    [Fact]
    public void Writes_are_numbered_in_order_and_only_what_changed_is_written()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 0);

        DurableWrite vote = follower.Receive(follower.AskVote(2, term: 1, "0/0")).Write!;
        DurableWrite entries = follower.Receive(follower.Append(2, "0/0", "1 1", commit: 2)).Write!;
        follower.CompleteAll();
        DurableWrite snapshot = follower.Compact(1).Write!;

        Assert.Equal([1L, 2L, 3L], new[] { vote, entries, snapshot }.Select(w => w.Id.Value));
        Assert.Equal((true, false, false), (vote.TermAndVote is not null, vote.Snapshot is not null, vote.LogFrom is not null));
        Assert.Equal((false, false, true), (entries.TermAndVote is not null, entries.Snapshot is not null, entries.LogFrom is not null));
        Assert.Equal((false, true, false), (snapshot.TermAndVote is not null, snapshot.Snapshot is not null, snapshot.LogFrom is not null));
    }

    [Fact]
    public void A_write_that_was_never_issued_cannot_complete()
    {
        CoreHarness server = CoreHarness.Follower("", term: 0);

        Assert.Throws<ArgumentOutOfRangeException>(() => server.Core.WriteCompleted(new WriteId(1)));
    }

    [Fact]
    public void An_entry_that_was_replaced_on_its_way_to_the_disk_is_not_counted_through_its_first_write()
    {
        CoreHarness follower = CoreHarness.Follower("1", term: 1);
        follower.Receive(follower.Append(2, "1/1", "1 1 1"));
        Step replaced = follower.Receive(follower.Append(3, "2/1", "2", commit: 3, term: 2));
        Assert.Equal("1 1 2", follower.LogText);
        Assert.DoesNotContain(replaced.Committed, e => e.Index >= At(2));

        Step first = follower.Complete();
        Assert.Equal(At(2), follower.Core.DurableIndex);
        Assert.Equal("2/1", Positions(first.Committed));

        Step second = follower.Complete();
        Assert.Equal(At(3), follower.Core.DurableIndex);
        Assert.Equal("3/2", Positions(second.Committed));
    }

    [Fact]
    public void A_durable_entry_that_is_replaced_is_durable_no_longer()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        Assert.Equal(At(3), follower.Core.DurableIndex);

        follower.Receive(follower.Append(2, "1/1", "2", term: 2));
        Assert.Equal(At(1), follower.Core.DurableIndex);

        follower.Complete();
        Assert.Equal(At(2), follower.Core.DurableIndex);
    }

    // The crash comes after so many parts of the write.
    [Theory]
    [InlineData(0, 1, 0, "1 1")]
    [InlineData(1, 2, 0, "1 1")]
    [InlineData(2, 2, 0, "1 1")]
    [InlineData(3, 2, 0, "1 1")]
    [InlineData(4, 2, 0, "1 2 2")]
    public void After_a_crash_the_term_is_never_older_than_the_entries(int parts, long term, int vote, string log)
    {
        CoreHarness follower = CoreHarness.Follower("1 1", term: 1);
        follower.Receive(follower.Append(2, "1/1", "2 2", term: 2));

        CoreHarness restarted = follower.Restart(parts);

        Assert.Equal((T(term), S(vote), log), (restarted.Core.CurrentTerm, restarted.Core.VotedFor, restarted.LogText));
    }

    [Fact]
    public void An_effect_belongs_to_one_step()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        follower.Receive(follower.Append(2, "0/0", "1", commit: 1));
        follower.CompleteAll();

        Step empty = new(follower.Core.HeartbeatTimeout());

        Assert.True(empty.IsEmpty);
        Assert.False(new Step(follower.Core.ElectionTimeout()).IsEmpty);
    }
}
