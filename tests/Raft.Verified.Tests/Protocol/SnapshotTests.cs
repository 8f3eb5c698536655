using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>Compaction, and a follower that is sent a snapshot: paper, section 7, Figure 13 "receiver implementation".</summary>
public sealed class SnapshotTests
{
    // Follower's log (its disk holds it, nothing behind the snapshot is known to be committed); the snapshot; the log afterwards.
    [Theory]
    [InlineData("", "5/2", "[5/2]", false)]
    [InlineData("1 1", "5/2", "[5/2]", false)]
    [InlineData("1 1 2 2 2 2", "5/2", "[5/2] 2", true)]
    [InlineData("1 1 2 2 2", "5/2", "[5/2]", true)]
    [InlineData("1 1 1 1 1 1 1", "5/2", "[5/2]", false)]
    [InlineData("1 1 2 2 3 3", "5/2", "[5/2]", false)]
    [InlineData("[3/1]", "5/2", "[5/2]", false)]
    [InlineData("[3/1] 1 2 2", "5/2", "[5/2] 2", true)]
    public void A_snapshot_replaces_the_log_but_for_a_suffix_that_matches(string log, string position, string after, bool keepsSuffix)
    {
        CoreHarness follower = CoreHarness.Follower(log, term: 4);

        Step step = follower.Receive(follower.Install(2, position, "five"));

        Assert.Equal(after, follower.LogText);
        Snapshot written = step.Write!.Snapshot!;
        Assert.Equal((At(5), T(2), "five"), (written.LastIncludedIndex, written.LastIncludedTerm, Text(written.Data)));
        Assert.Equal((keepsSuffix, (LogIndex?)null), (step.Write.KeepSuffix, step.Write.LogFrom));
        Assert.Equal(At(5), follower.Core.CommitIndex);
        Assert.Equal(new InstallSnapshotReply(S(1), S(2), T(4), T(4), At(5), 4, true), step.Only<InstallSnapshotReply>());
        RaftEvent installed = Assert.Single(follower.EventsOf(RaftEventKind.SnapshotInstalled));
        Assert.Equal((At(5), T(2), follower.Core.Log.LastIndex), (installed.Index, installed.OtherTerm, installed.OtherIndex));

        follower.CompleteAll();
        CoreHarness restarted = follower.Restart();
        Assert.Equal(after, restarted.LogText);
        Assert.Equal("five", Text(restarted.Core.Snapshot!.Data));
    }

    [Fact]
    public void The_state_machine_is_restored_once_the_snapshot_is_durable()
    {
        CoreHarness follower = CoreHarness.Follower("1", term: 1);

        Assert.Null(follower.Receive(follower.Install(2, "5/1", "five")).Restore);
        Assert.Equal(At(0), follower.Core.LastApplied);

        Step durable = follower.Complete();
        Assert.Equal("five", Text(durable.Restore!.Data));
        Assert.Equal(At(5), follower.Core.LastApplied);
        Assert.Null(follower.Heartbeat().Restore);
    }

    [Fact]
    public void A_log_that_a_snapshot_drops_does_not_make_the_snapshot_durable()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1 1 1", term: 2);

        Step step = follower.Receive(follower.Install(2, "3/2", "three"));
        Assert.Null(step.Restore);
        Assert.Equal((At(0), At(0)), (follower.Core.DurableIndex, follower.Core.LastApplied));

        Assert.Equal("three", Text(follower.Complete().Restore!.Data));
        Assert.Equal((At(3), At(3)), (follower.Core.DurableIndex, follower.Core.LastApplied));
    }

    [Fact]
    public void A_log_that_is_being_written_is_not_handed_out_after_a_snapshot_has_dropped_it()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 2);
        follower.Receive(follower.Append(2, "0/0", "1 1 1 1 1"));
        follower.Receive(follower.Install(2, "3/2"));

        Assert.Null(follower.Complete().Restore);
        Assert.Equal(At(0), follower.Core.DurableIndex);
        Assert.NotNull(follower.Complete().Restore);
        Assert.Equal(At(3), follower.Core.DurableIndex);
    }

    [Fact]
    public void Entries_are_handed_out_from_behind_the_snapshot_on()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        follower.Receive(follower.Append(2, "2/1", commit: 2));
        follower.Receive(follower.Install(2, "5/1"));
        Step append = follower.Receive(follower.Append(2, "5/1", "1 1", commit: 7));
        Assert.Null(append.Restore);
        Assert.Empty(append.Committed);

        Step[] steps = [follower.Complete(), follower.Complete()];

        Assert.Equal(At(5), steps[0].Restore!.LastIncludedIndex);
        Assert.Equal("6/1 7/1", Positions([.. steps.SelectMany(s => s.Committed)]));
    }

    [Fact]
    public void A_newer_snapshot_that_overtakes_an_older_one_on_its_way_to_the_disk_is_the_one_restored()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        follower.Receive(follower.Install(2, "5/1", "five"));
        follower.Receive(follower.Install(2, "9/1", "nine"));

        Assert.Null(follower.Complete().Restore);
        Assert.Equal("nine", Text(follower.Complete().Restore!.Data));
        Assert.Equal((At(9), At(9)), (follower.Core.LastApplied, follower.Core.CommitIndex));
    }

    [Theory]
    [InlineData("3/1")]
    [InlineData("2/1")]
    [InlineData("4/1")]
    public void A_snapshot_not_newer_than_the_commit_index_is_ignored_but_acknowledged(string position)
    {
        CoreHarness follower = CoreHarness.Follower("[2/1] 1 1 1 1", term: 1);
        follower.Receive(follower.Append(2, "6/1", commit: 4));

        Step step = follower.Receive(follower.Install(2, position, "old"));

        Assert.Equal("[2/1] 1 1 1 1", follower.LogText);
        Assert.Null(step.Write);
        Assert.Null(step.Restore);
        Assert.Equal((At(4), At(4)), (follower.Core.CommitIndex, follower.Core.LastApplied));
        Assert.True(step.Only<InstallSnapshotReply>().Installed);
        Assert.Equal("state", Text(follower.Core.Snapshot!.Data));
    }

    [Fact]
    public void A_repeated_snapshot_does_not_remove_what_came_after_it()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        InstallSnapshot request = follower.Install(2, "9/1");
        follower.Receive(request);
        follower.Receive(follower.Append(2, "9/1", "1 1 1 1 1 1", commit: 12));
        follower.CompleteAll();

        Step step = follower.Receive(request);

        Assert.Equal("[9/1] 1 1 1 1 1 1", follower.LogText);
        Assert.Equal((At(12), At(12)), (follower.Core.CommitIndex, follower.Core.LastApplied));
        Assert.Null(step.Write);
        Assert.Null(step.Restore);
    }

    [Fact]
    public void A_snapshot_of_an_older_term_is_refused()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 3);

        Step step = follower.Receive(follower.Install(2, "5/1", term: 2));

        Assert.Equal(new InstallSnapshotReply(S(1), S(2), T(3), T(2), At(5), 0, false), step.Only<InstallSnapshotReply>());
        Assert.Equal("", follower.LogText);
        Assert.Null(follower.Core.Snapshot);
    }

    [Fact]
    public void A_snapshot_in_chunks_is_installed_when_the_last_one_is_there()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);

        Step first = follower.Receive(follower.Install(2, "5/1", "abc", 0, done: false));
        Assert.Equal((3, false), (first.Only<InstallSnapshotReply>().NextOffset, first.Only<InstallSnapshotReply>().Installed));
        Assert.Null(first.Write);
        Assert.Equal("", follower.LogText);

        Step last = follower.Receive(follower.Install(2, "5/1", "de", 3, done: true));
        Assert.True(last.Only<InstallSnapshotReply>().Installed);
        Assert.Equal("abcde", Text(last.Write!.Snapshot!.Data));
    }

    [Fact]
    public void A_chunk_that_is_not_the_next_one_is_not_taken_and_the_reply_says_which_is()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);

        Assert.Equal(0, follower.Receive(follower.Install(2, "5/1", "de", 3, done: true)).Only<InstallSnapshotReply>().NextOffset);
        follower.Receive(follower.Install(2, "5/1", "abc", 0, done: false));
        Assert.Equal(3, follower.Receive(follower.Install(2, "5/1", "abc", 0, done: false)).Only<InstallSnapshotReply>().NextOffset);
        Assert.Equal(3, follower.Receive(follower.Install(2, "5/1", "fg", 5, done: true)).Only<InstallSnapshotReply>().NextOffset);
        Assert.Equal(At(0), follower.Core.Log.SnapshotIndex);

        Step last = follower.Receive(follower.Install(2, "5/1", "de", 3, done: true));
        Assert.Equal("abcde", Text(last.Write!.Snapshot!.Data));
    }

    [Theory]
    [InlineData("6/1", 1)]
    [InlineData("5/2", 1)]
    [InlineData("5/1", 2)]
    public void Chunks_of_two_transfers_are_never_mixed(string other, long otherTerm)
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);
        follower.Receive(follower.Install(2, "5/1", "abc", 0, done: false));

        Step step = follower.Receive(follower.Install(3, other, "DE", 3, done: true, term: otherTerm));

        Assert.Equal((0, false), (step.Only<InstallSnapshotReply>().NextOffset, step.Only<InstallSnapshotReply>().Installed));
        Assert.Null(follower.Core.Snapshot);
        Step again = follower.Receive(follower.Install(3, other, "ABCDE", 0, done: true, term: otherTerm));
        Assert.Equal("ABCDE", Text(again.Write!.Snapshot!.Data));
    }

    [Fact]
    public void A_snapshot_of_no_bytes_is_installed_like_any_other()
    {
        CoreHarness follower = CoreHarness.Follower("", term: 1);

        Assert.True(follower.Receive(follower.Install(2, "5/1", "")).Only<InstallSnapshotReply>().Installed);
        Assert.Equal("[5/1]", follower.LogText);
    }

    [Theory]
    [InlineData(1, "[1/1] 1 2 2")]
    [InlineData(3, "[3/2] 2")]
    public void Compaction_replaces_the_applied_prefix_and_keeps_the_rest(long index, string after)
    {
        CoreHarness follower = CoreHarness.Follower("1 1 2 2", term: 2);
        follower.Receive(follower.Append(2, "4/2", commit: 3));

        Step step = follower.Compact(index, "compacted");

        Assert.Equal(after, follower.LogText);
        Assert.Equal((true, "compacted"), (step.Write!.KeepSuffix, Text(step.Write.Snapshot!.Data)));
        Assert.Null(step.Write.LogFrom);
        Assert.Null(step.Restore);
        Assert.Equal((At(3), At(3)), (follower.Core.CommitIndex, follower.Core.LastApplied));
        RaftEvent compacted = Assert.Single(follower.EventsOf(RaftEventKind.LogCompacted));
        Assert.Equal((At(index), At(4)), (compacted.Index, compacted.OtherIndex));

        follower.CompleteAll();
        Assert.Equal(after, follower.Restart().LogText);
    }

    [Fact]
    public void What_is_not_applied_cannot_be_compacted()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        follower.Receive(follower.Append(2, "3/1", commit: 2));

        Assert.Throws<ArgumentOutOfRangeException>(() => follower.Compact(3));
        Assert.Equal("1 1 1", follower.LogText);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_compaction_that_comes_late_changes_nothing(long index)
    {
        CoreHarness follower = CoreHarness.Follower("[2/1] 1", term: 1);

        Assert.True(follower.Compact(index).IsEmpty);
        Assert.Equal("state", Text(follower.Core.Snapshot!.Data));
    }

    [Fact]
    public void A_compaction_asked_for_while_a_newer_snapshot_is_on_its_way_to_the_disk_changes_nothing()
    {
        CoreHarness follower = CoreHarness.Follower("1 1 1", term: 1);
        follower.Receive(follower.Append(2, "3/1", commit: 3));
        follower.Receive(follower.Install(2, "9/1", "nine"));

        Assert.True(follower.Compact(2).IsEmpty);
        Assert.Equal("nine", Text(follower.Core.Snapshot!.Data));
    }
}
