using Raft.Verified.Protocol;
using Xunit;
using static Raft.Verified.Tests.Protocol.Notation;

namespace Raft.Verified.Tests.Protocol;

/// <summary>A leader that sends its snapshot: paper, section 7, Figure 13.</summary>
public sealed class SnapshotTransferTests
{
    [Fact]
    public void A_follower_behind_the_log_is_sent_the_snapshot_in_chunks()
    {
        CoreHarness leader = LeaderThatSends("abcdefg", chunk: 3, out Step step);
        List<InstallSnapshot> chunks = [step.Only<InstallSnapshot>()];
        while (!chunks[^1].Done)
        {
            int next = chunks[^1].Offset + chunks[^1].Data.Length;
            chunks.Add(leader.Receive(leader.Installed(2, 4, installed: false, next: next)).Only<InstallSnapshot>());
        }

        Assert.Equal([(0, "abc", false), (3, "def", false), (6, "g", true)], chunks.Select(c => (c.Offset, Text(c.Data), c.Done)));
        Assert.All(chunks, c => Assert.Equal((At(4), T(1), T(3)), (c.LastIncludedIndex, c.LastIncludedTerm, c.Term)));
    }

    [Theory]
    [InlineData("abcdef", 3, 2)]
    [InlineData("abc", 3, 1)]
    [InlineData("", 3, 1)]
    public void The_last_chunk_says_so(string data, int chunk, int chunks)
    {
        CoreHarness leader = LeaderThatSends(data, chunk, out Step step);
        int count = 1;
        for (InstallSnapshot last = step.Only<InstallSnapshot>(); !last.Done; count++)
        {
            last = leader.Receive(leader.Installed(2, 4, installed: false, next: last.Offset + last.Data.Length)).Only<InstallSnapshot>();
        }

        Assert.Equal(chunks, count);
    }

    [Fact]
    public void After_the_snapshot_the_follower_is_sent_the_entries_behind_it()
    {
        CoreHarness leader = LeaderThatSends("state", chunk: 99, out _);

        Step step = leader.Receive(leader.Installed(2, 4));

        AppendEntries append = step.Only<AppendEntries>();
        Assert.Equal((At(4), T(1), "5/2 6/3"), (append.PrevLogIndex, append.PrevLogTerm, Positions(append.Entries)));
        Assert.Equal((At(4), ReplicationMode.Replicate), (leader.Progress(2).MatchIndex, leader.Progress(2).Mode));
        Assert.Null(leader.Progress(2).Snapshot);
    }

    [Fact]
    public void A_chunk_that_may_be_lost_is_sent_again_with_the_heartbeat()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);
        leader.Receive(leader.Installed(2, 4, installed: false, next: 3));

        InstallSnapshot again = leader.Heartbeat().To<InstallSnapshot>(2);

        Assert.Equal((3, "def"), (again.Offset, Text(again.Data)));
    }

    [Fact]
    public void A_repeated_reply_sends_nothing_twice()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);
        InstallSnapshotReply reply = leader.Installed(2, 4, installed: false, next: 3);
        leader.Receive(reply);

        Assert.True(leader.Receive(reply).IsEmpty);
    }

    [Fact]
    public void A_follower_that_lost_its_chunks_in_a_crash_is_sent_them_from_the_start()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);
        leader.Receive(leader.Installed(2, 4, installed: false, next: 3));

        InstallSnapshot chunk = leader.Receive(leader.Installed(2, 4, installed: false, next: 0)).Only<InstallSnapshot>();

        Assert.Equal((0, "abc"), (chunk.Offset, Text(chunk.Data)));
    }

    [Fact]
    public void An_offset_beyond_the_snapshot_is_ignored()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);

        Assert.True(leader.Receive(leader.Installed(2, 4, installed: false, next: 6)).IsEmpty);
        Assert.True(leader.Receive(leader.Installed(2, 4, installed: false, next: 60)).IsEmpty);
        Assert.Equal(0, leader.Progress(2).SnapshotOffset);
    }

    [Fact]
    public void A_reply_about_another_snapshot_is_ignored()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);

        Assert.True(leader.Receive(leader.Installed(2, 3)).IsEmpty);
        Assert.True(leader.Receive(leader.Installed(3, 4)).IsEmpty);

        Assert.Equal((At(0), ReplicationMode.Snapshot), (leader.Progress(2).MatchIndex, leader.Progress(2).Mode));
        Assert.Equal(At(0), leader.Progress(3).MatchIndex);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_reply_to_a_chunk_of_an_earlier_term_is_ignored(bool installed)
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);

        Assert.True(leader.Receive(leader.Installed(2, 4, installed, next: 3, term: 3, requestTerm: 2)).IsEmpty);
        FollowerProgress progress = leader.Progress(2);
        Assert.Equal((At(0), ReplicationMode.Snapshot, 0), (progress.MatchIndex, progress.Mode, progress.SnapshotOffset));
    }

    [Fact]
    public void A_transfer_goes_on_with_the_snapshot_it_began_with()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);
        leader.Receive(leader.Appended(3, match: 6));
        leader.Compact(6, "newer");

        InstallSnapshot next = leader.Receive(leader.Installed(2, 4, installed: false, next: 3)).Only<InstallSnapshot>();
        Assert.Equal((At(4), "def"), (next.LastIncludedIndex, Text(next.Data)));

        InstallSnapshot newer = leader.Receive(leader.Installed(2, 4)).Only<InstallSnapshot>();
        Assert.Equal((At(6), 0, "new"), (newer.LastIncludedIndex, newer.Offset, Text(newer.Data)));
    }

    [Fact]
    public void Proposals_wait_behind_a_transfer()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);

        Assert.Empty(leader.Propose().AllTo<AppendEntries>(2));
        leader.Receive(leader.Installed(2, 4, installed: false, next: 3));
        Assert.Equal("5/2 6/3 7/3", Positions(leader.Receive(leader.Installed(2, 4)).Only<AppendEntries>().Entries));
    }

    [Fact]
    public void A_refusal_during_a_transfer_changes_nothing()
    {
        CoreHarness leader = LeaderThatSends("abcdef", chunk: 3, out _);

        Assert.True(leader.Receive(leader.Refused(2, prev: 5, conflictTerm: 0, conflictIndex: 1, last: 0)).IsEmpty);
        Assert.Equal(ReplicationMode.Snapshot, leader.Progress(2).Mode);
    }

    [Fact]
    public void An_installed_snapshot_counts_for_the_commit_index_only_through_its_own_end()
    {
        CoreHarness leader = LeaderThatSends("state", chunk: 99, out _);

        leader.Receive(leader.Installed(2, 4));

        Assert.Equal(At(4), leader.Core.CommitIndex);
        leader.Receive(leader.Appended(2, match: 6));
        Assert.Equal(At(6), leader.Core.CommitIndex);
    }

    [Fact]
    public void A_follower_whose_entries_are_compacted_meanwhile_is_sent_the_snapshot()
    {
        CoreHarness leader = CoreHarness.Leader("1 1 1", term: 2);
        leader.Propose();
        leader.CompleteAll();
        leader.Receive(leader.Refused(3, prev: 3, conflictTerm: 0, conflictIndex: 2, last: 1));
        leader.Receive(leader.Appended(2, match: 4));
        leader.Compact(4);

        Assert.Equal(At(4), leader.Heartbeat().To<InstallSnapshot>(3).LastIncludedIndex);
    }

    [Fact]
    public void A_request_right_behind_the_snapshot_uses_the_snapshots_term()
    {
        CoreHarness leader = CoreHarness.Leader("[4/2]", term: 5);
        leader.Propose();

        AppendEntries append = leader.Heartbeat().To<AppendEntries>(2);

        Assert.Equal((At(4), T(2)), (append.PrevLogIndex, append.PrevLogTerm));
        Assert.Equal("5/5", Positions(append.Entries));
    }

    // S1 leads term 3 with "[4/1] 2 3" and has just learnt that S2 holds nothing.
    private static CoreHarness LeaderThatSends(string data, int chunk, out Step step)
    {
        (_, LogEntry[] entries) = Log("[4/1] 2");
        DurableState durable = new(T(2), S(0), SnapshotOf("4/1", data), entries);
        CoreHarness leader = CoreHarness.NotStarted(durable, with: options => options with { MaxSnapshotChunkBytes = chunk });
        leader.Start();
        leader.Timeout();
        leader.CompleteAll();
        leader.Receive(leader.Vote(3));
        leader.Propose();
        leader.CompleteAll();
        step = leader.Receive(leader.Refused(2, prev: 5, conflictTerm: 0, conflictIndex: 1, last: 0));
        return leader;
    }
}
