using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// A log, in memory or on disk, derived from events: the end of a snapshot and the entries after it. Unlike the
/// server's own log it accepts any change, because the properties judge the changes.
/// </summary>
public sealed class LogView
{
    private LogEntry?[] _entries = [];
    private int _count;

    internal LogView()
    {
    }

    /// <summary>The last entry that the snapshot covers; 0 without a snapshot.</summary>
    public LogIndex SnapshotIndex { get; private set; }

    /// <summary>The term of the last entry that the snapshot covers; 0 without a snapshot.</summary>
    public Term SnapshotTerm { get; private set; }

    /// <summary>The last entry; the snapshot's when no entry follows it.</summary>
    public LogIndex LastIndex => SnapshotIndex + _count;

    /// <summary>The entry at an index; null when the log has none, or only as part of its snapshot.</summary>
    /// <param name="index">The index.</param>
    public LogEntry? this[LogIndex index]
    {
        get
        {
            long offset = index.Value - SnapshotIndex.Value - 1;
            return (ulong)offset < (ulong)_count ? _entries[offset] : null;
        }
    }

    /// <summary>Returns true when the log has this entry, or a snapshot that covers it.</summary>
    /// <param name="entry">The entry, compared by term, index and content unless a snapshot covers it.</param>
    public bool Holds(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        long offset = entry.Index.Value - SnapshotIndex.Value - 1;
        if (offset < 0)
        {
            return offset < -1 || entry.Term == SnapshotTerm;
        }

        return offset < _count && _entries[offset] is { } held && held.IsSameAs(entry);
    }

    /// <summary>
    /// Finds the term at an index. Returns false when the log does not know it, beyond the log's end or inside its
    /// snapshot.
    /// </summary>
    /// <param name="index">The index.</param>
    /// <param name="term">The term; 0 when the log does not know it.</param>
    public bool TryTermAt(LogIndex index, out Term term)
    {
        if (index == SnapshotIndex)
        {
            term = SnapshotTerm;
            return true;
        }

        LogEntry? entry = this[index];
        term = entry?.Term ?? Term.Zero;
        return entry is not null;
    }

    /// <summary>Describes the content of the log at an index, for messages.</summary>
    /// <param name="index">The index.</param>
    public string Describe(LogIndex index)
    {
        if (index <= SnapshotIndex)
        {
            return $"has a snapshot through {SnapshotIndex}/{SnapshotTerm}";
        }

        return this[index] is { } entry ? $"has {entry}" : $"ends at {LastIndex}";
    }

    // The index may already have an entry, or leave a gap. The properties report both, so the view accepts them.
    internal void Append(LogEntry entry)
    {
        long offset = entry.Index.Value - SnapshotIndex.Value - 1;
        if (offset < 0)
        {
            return;
        }

        if (offset < _count)
        {
            TruncateFrom(entry.Index);
        }

        if (offset >= _entries.Length)
        {
            Array.Resize(ref _entries, (int)Math.Max(Math.Max(8, offset + 1), _entries.Length * 2L));
        }

        _entries[offset] = entry;
        _count = (int)offset + 1;
    }

    internal void TruncateFrom(LogIndex from)
    {
        int keep = (int)Math.Clamp(from.Value - SnapshotIndex.Value - 1, 0, _count);
        Array.Clear(_entries, keep, _count - keep);
        _count = keep;
    }

    internal void ReplacePrefix(LogIndex index, Term term, bool keepSuffix)
    {
        int keep = keepSuffix ? (int)Math.Clamp(LastIndex.Value - index.Value, 0, _count) : 0;
        Array.Copy(_entries, _count - keep, _entries, 0, keep);
        Array.Clear(_entries, keep, _count - keep);
        _count = keep;
        SnapshotIndex = index;
        SnapshotTerm = term;
    }

    // Loads what a server recovers from its disk. Entries after the snapshot count only when they belong to its
    // history.
    internal void Load(DurableState durable)
    {
        Snapshot? snapshot = durable.Snapshot;
        ReplacePrefix(snapshot?.LastIncludedIndex ?? LogIndex.Zero, snapshot?.LastIncludedTerm ?? Term.Zero, keepSuffix: false);
        IReadOnlyList<LogEntry> entries = durable.Entries;
        for (int i = 0; i < entries.Count; i++)
        {
            LogEntry entry = entries[i];
            if (entry.Index == SnapshotIndex && entry.Term != SnapshotTerm)
            {
                return;
            }

            Append(entry);
        }
    }
}
