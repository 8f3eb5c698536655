using Raft.Verified.Protocol;
using Xunit;

namespace Raft.Verified.Tests.Protocol;

/// <summary>
/// The disk of a server: the writes that the core asked for, performed in their order. A crash forgets those that were not
/// performed, and may leave the next one half done, at one of the places that <see cref="DurableWrite"/> names.
/// </summary>
internal sealed class ModelDisk
{
    /// <summary>Term and vote; snapshot; the cut of the log that it replaces; log.</summary>
    public const int PartsOfWrite = 4;

    private readonly Queue<DurableWrite> _pending = new();
    private List<LogEntry> _entries;

    public ModelDisk(DurableState state)
    {
        CurrentTerm = state.CurrentTerm;
        VotedFor = state.VotedFor;
        Snapshot = state.Snapshot;
        _entries = [.. state.Entries];
    }

    public Term CurrentTerm { get; private set; }

    public ServerId VotedFor { get; private set; }

    public Snapshot? Snapshot { get; private set; }

    public WriteId LastDone { get; private set; }

    public int Pending => _pending.Count;

    public DurableState State => new(CurrentTerm, VotedFor, Snapshot, [.. _entries]);

    public LogIndex LastIndex => _entries.Count > 0 ? _entries[^1].Index : SnapshotIndex;

    private LogIndex SnapshotIndex => Snapshot?.LastIncludedIndex ?? LogIndex.Zero;

    public bool Holds(LogEntry entry) =>
        entry.Index <= SnapshotIndex || _entries.Any(e => e.Index == entry.Index && e.Term == entry.Term);

    public void Accept(DurableWrite write) => _pending.Enqueue(write);

    /// <summary>Performs the oldest write; its number goes back to the core.</summary>
    public WriteId CompleteNext()
    {
        DurableWrite write = _pending.Dequeue();
        Perform(write, PartsOfWrite);
        return LastDone = write.Id;
    }

    /// <summary>The disk as a restarted server finds it, when the crash came after so many parts of the oldest write.</summary>
    public ModelDisk Crash(int parts = 0)
    {
        if (parts > 0 && _pending.TryPeek(out DurableWrite? write))
        {
            Perform(write, parts);
        }

        return new ModelDisk(State);
    }

    private void Perform(DurableWrite write, int parts)
    {
        if (parts >= 1 && write.TermAndVote is { } termAndVote)
        {
            Assert.True(termAndVote.CurrentTerm >= CurrentTerm, "the term on disk never falls");
            (CurrentTerm, VotedFor) = termAndVote;
        }

        if (parts >= 2 && write.Snapshot is { } snapshot)
        {
            Snapshot = snapshot;
        }

        if (parts >= 3 && write.Snapshot is { } cut)
        {
            _entries = write.KeepSuffix ? [.. _entries.Where(e => e.Index > cut.LastIncludedIndex)] : [];
        }

        if (parts >= 4 && write.LogFrom is { } from)
        {
            Assert.True(from <= LastIndex.Next(), $"a write at {from} leaves a gap behind {LastIndex}");
            Assert.True(from > SnapshotIndex, $"a write at {from} goes into the snapshot {Snapshot}");
            _entries.RemoveAll(e => e.Index >= from);
            foreach (LogEntry entry in write.Entries.Span)
            {
                Assert.Equal(LastIndex.Next(), entry.Index);
                Assert.True(entry.Term <= CurrentTerm, $"entry {entry} is on disk before its term");
                _entries.Add(entry);
            }
        }
    }
}
