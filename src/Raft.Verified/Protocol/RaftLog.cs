using System.Diagnostics;

namespace Raft.Verified.Protocol;

/// <summary>
/// The log in memory: contiguous entries behind an optional snapshot (paper, sections 5.3 and 7). The log enforces only
/// its own shape; its callers decide which entries are appended or truncated.
/// </summary>
public sealed class RaftLog
{
    private LogEntry[] _entries = new LogEntry[16];
    private int _count;
    private LogEntry[]? _lastSlice;
    private LogIndex _lastSliceFrom;

    /// <summary>The last entry that the snapshot covers; 0 without a snapshot.</summary>
    public LogIndex SnapshotIndex { get; private set; }

    /// <summary>The term of the last entry that the snapshot covers; 0 without a snapshot.</summary>
    public Term SnapshotTerm { get; private set; }

    /// <summary>The last entry; the snapshot's when no entry follows it.</summary>
    public LogIndex LastIndex => SnapshotIndex + _count;

    /// <summary>The term of the last entry; the snapshot's when no entry follows it.</summary>
    public Term LastTerm => _count == 0 ? SnapshotTerm : _entries[_count - 1].Term;

    /// <summary>The entry at <paramref name="index"/>, which must lie behind the snapshot and within the log.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such entry.</exception>
    public LogEntry this[LogIndex index]
    {
        get
        {
            long offset = index - SnapshotIndex - 1;
            if (offset < 0 || offset >= _count)
            {
                throw new ArgumentOutOfRangeException(nameof(index), index, $"the log holds {SnapshotIndex.Next()} to {LastIndex}");
            }

            return _entries[offset];
        }
    }

    /// <summary>
    /// Returns the term at <paramref name="index"/>, which lies between <see cref="SnapshotIndex"/> and
    /// <see cref="LastIndex"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The index is before the snapshot's end or beyond the log.
    /// </exception>
    public Term TermAt(LogIndex index) => index == SnapshotIndex ? SnapshotTerm : this[index].Term;

    /// <summary>Returns true when the log, or the snapshot's end, has this index with this term.</summary>
    public bool Contains(LogIndex index, Term term) => index >= SnapshotIndex && index <= LastIndex && TermAt(index) == term;

    /// <summary>Adds an entry at the end.</summary>
    /// <param name="entry">The entry; its index must be the one after <see cref="LastIndex"/>.</param>
    internal void Append(LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Index != LastIndex.Next())
        {
            throw new ArgumentException($"entry {entry} does not follow the log's last index {LastIndex}", nameof(entry));
        }

        Debug.Assert(entry.Term >= LastTerm, "terms never fall along a log");
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, _count * 2);
        }

        _entries[_count++] = entry;
        _lastSlice = null;
    }

    /// <summary>Deletes the entries from <paramref name="from"/> on.</summary>
    /// <param name="from">The first entry to delete, which must lie behind the snapshot.</param>
    internal void TruncateFrom(LogIndex from)
    {
        if (from <= SnapshotIndex)
        {
            throw new ArgumentOutOfRangeException(nameof(from), from, $"entries up to {SnapshotIndex} are in the snapshot");
        }

        int keep = (int)Math.Min(from - SnapshotIndex - 1, _count);
        Array.Clear(_entries, keep, _count - keep);
        _count = keep;
        _lastSlice = null;
    }

    /// <summary>
    /// Replaces the prefix up to <paramref name="index"/> by a snapshot. Later entries stay if the log contains (index,
    /// term). Otherwise the whole log is discarded (paper, Figure 13, steps 6 and 7).
    /// </summary>
    /// <returns>True when the entries behind the snapshot stayed.</returns>
    internal bool ReplacePrefix(LogIndex index, Term term)
    {
        bool keepSuffix = Contains(index, term);
        int keep = keepSuffix ? (int)(LastIndex - index) : 0;
        Array.Copy(_entries, _count - keep, _entries, 0, keep);
        Array.Clear(_entries, keep, _count - keep);
        _count = keep;
        SnapshotIndex = index;
        SnapshotTerm = term;
        _lastSlice = null;
        return keepSuffix;
    }

    /// <summary>
    /// Returns at most <paramref name="maxCount"/> entries from <paramref name="from"/> on, in an array that is not
    /// changed afterwards.
    /// </summary>
    public ReadOnlyMemory<LogEntry> Slice(LogIndex from, int maxCount)
    {
        int offset = (int)(from - SnapshotIndex - 1);
        int length = Math.Min(_count - offset, maxCount);
        if (length <= 0)
        {
            return default;
        }

        // The disk and every follower usually want the same entries: they share one copy.
        if (_lastSlice is null || _lastSliceFrom != from || _lastSlice.Length != length)
        {
            _lastSlice = _entries.AsSpan(offset, length).ToArray();
            _lastSliceFrom = from;
        }

        return _lastSlice;
    }

    /// <summary>
    /// Returns the first index of the run of entries that share the term of the entry at <paramref name="index"/>. The
    /// run begins behind the snapshot.
    /// </summary>
    public LogIndex FirstIndexOfTermAt(LogIndex index)
    {
        Term term = TermAt(index);
        while (index.Previous() > SnapshotIndex && TermAt(index.Previous()) == term)
        {
            index = index.Previous();
        }

        return index;
    }

    /// <summary>
    /// Returns the last index before <paramref name="before"/> whose term is <paramref name="term"/>; null when there
    /// is none.
    /// </summary>
    public LogIndex? LastIndexOfTerm(Term term, LogIndex before)
    {
        for (LogIndex index = LogIndex.Min(before.Previous(), LastIndex); index >= SnapshotIndex; index = index.Previous())
        {
            Term here = TermAt(index);
            if (here == term)
            {
                return index;
            }

            if (here < term)
            {
                return null;
            }
        }

        return null;
    }
}
