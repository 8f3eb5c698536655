using Raft.Verified.Protocol;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Disk;

public sealed class SimulatedDiskTests
{
    private readonly SimulatedDisk _disk = new(new ServerId(1), NullRaftObserver.Instance);

    [Fact]
    public void What_was_not_flushed_is_gone_after_a_crash()
    {
        _disk.Write([Write(1, termAndVote: 3, entries: [1, 2])]);
        _disk.Flush();
        _disk.Write([Write(2, termAndVote: 4, entries: [3])]);

        _disk.Crash(survivingParts: 0);

        DurableState state = _disk.Load();
        Assert.Equal(new Term(3), state.CurrentTerm);
        Assert.Equal([1L, 2L], state.Entries.Select(entry => entry.Index.Value));
        Assert.Equal(0, _disk.UnflushedParts);
    }

    [Theory]
    [InlineData(0, 0, 0, false, new long[] { 1, 2, 3, 4 })]
    [InlineData(1, 5, 0, false, new long[] { 1, 2, 3, 4 })]
    [InlineData(2, 5, 3, false, new long[] { 1, 2, 3, 4 })]
    [InlineData(3, 5, 3, true, new long[] { 4 })]
    [InlineData(4, 5, 3, true, new long[] { 4, 5 })]
    public void A_prefix_of_the_parts_may_survive(int parts, long term, long snapshot, bool cut, long[] log)
    {
        _disk.Write([Write(1, termAndVote: null, entries: [1, 2, 3, 4])]);
        _disk.Flush();
        _disk.Write(
        [
            new DurableWrite { Id = new WriteId(2), TermAndVote = (new Term(5), new ServerId(2)), Snapshot = new Snapshot(new LogIndex(3), new Term(1), default), KeepSuffix = true },
            Write(3, termAndVote: null, entries: [5]),
        ]);
        Assert.Equal(4, _disk.UnflushedParts);

        _disk.Crash(parts);

        DurableState state = _disk.Load();
        Assert.Equal(new Term(term), state.CurrentTerm);
        Assert.Equal(snapshot, state.Snapshot?.LastIncludedIndex.Value ?? 0);
        Assert.Equal(log, state.Entries.Select(entry => entry.Index.Value));
        Assert.Equal(cut, state.Entries[0].Index.Value > 3);
    }

    [Fact]
    public void What_a_start_finds_in_the_page_cache_is_durable_from_then_on()
    {
        _disk.Write([Write(1, termAndVote: 4, entries: [1, 2])]);

        DurableState found = _disk.Load();
        _disk.Crash(survivingParts: 0);

        Assert.Equal([1L, 2L], found.Entries.Select(entry => entry.Index.Value));
        Assert.Equal(found.Entries, _disk.Load().Entries);
        Assert.Equal((new Term(4), found.VotedFor), (_disk.CurrentTerm, _disk.VotedFor));
    }

    [Fact]
    public void Storage_is_durable_when_its_task_completes_and_not_before()
    {
        TaskCompletionSource flush = new();
        SimulatedStorage storage = new(_disk, () => flush.Task);

        Task write = storage.WriteAsync([Write(1, termAndVote: 2, entries: [1])]).AsTask();

        Assert.False(write.IsCompleted);
        Assert.Empty(_disk.Log);
        flush.SetResult();
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Single(_disk.Log);
    }

    [Fact]
    public void A_log_with_a_gap_is_refused()
    {
        _disk.Write([Write(1, termAndVote: null, entries: [1])]);
        _disk.Flush();
        _disk.Write([Write(2, termAndVote: null, entries: [3])]);

        InvalidOperationException refusal = Assert.Throws<InvalidOperationException>(_disk.Flush);

        Assert.Contains("ends at 1; a write from 3 would leave a gap", refusal.Message);
    }

    private static DurableWrite Write(long id, long? termAndVote, long[] entries) => new()
    {
        Id = new WriteId(id),
        TermAndVote = termAndVote is { } term ? (new Term(term), ServerId.None) : null,
        LogFrom = new LogIndex(entries[0]),
        Entries = entries.Select(index => new LogEntry(new Term(1), new LogIndex(index), EntryKind.Empty, default)).ToArray(),
    };
}
