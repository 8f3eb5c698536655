using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that index and term identify one entry and the whole log before it. It is checked step by step, for
/// logs in memory and on disk. Each added entry must equal the known entry with its index and term, and follow the same
/// entry as before. The rest follows by induction.
/// </summary>
public sealed class LogMatching : SafetyProperty
{
    private static readonly Term Unknown = new(-1);

    // The known entries of index i form a list: _known[_newest[i] - 1], then _known[Older - 1] of each, until it is 0.
    private Known[] _known = [];
    private int[] _newest = [];
    private int _count;

    /// <inheritdoc />
    public override string Name => nameof(LogMatching);

    /// <inheritdoc />
    public override string Source => "paper, section 5.3 and Figure 3; thesis, section 3.5";

    /// <inheritdoc />
    public override string Statement =>
        "If two logs have an entry with the same index and term, they are identical up to and including "
            + "that entry.";

    /// <inheritdoc />
    public override string TlaName => "LogMatching";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.EntryAppended, RaftEventKind.DiskAppended, RaftEventKind.Started];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.Started)
        {
            return e.Subject is DurableState durable ? CheckLoaded(e.Server, durable) : null;
        }

        bool onDisk = e.Kind == RaftEventKind.DiskAppended;
        ServerView server = view[e.Server];
        LogView log = onDisk ? server.Disk.Log : server.Log;
        LogEntry entry = e.Entry;
        if (entry.Index != log.LastIndex.Next())
        {
            return $"{e.Server} adds entry {entry} to its log {Where(onDisk)}, which ends at {log.LastIndex}";
        }

        return Check(e.Server, entry, log.TryTermAt(log.LastIndex, out Term term) ? term : Unknown, onDisk);
    }

    private string? CheckLoaded(ServerId server, DurableState durable)
    {
        LogIndex index = durable.Snapshot?.LastIncludedIndex ?? LogIndex.Zero;
        Term previous = durable.Snapshot?.LastIncludedTerm ?? Term.Zero;
        IReadOnlyList<LogEntry> entries = durable.Entries;
        for (int i = 0; i < entries.Count; i++)
        {
            LogEntry entry = entries[i];
            if (i == 0 && entry.Index <= index)
            {
                previous = Unknown;
            }
            else if (entry.Index != index.Next())
            {
                return $"{server} finds entry {entry} after {index} on its disk";
            }

            if (Check(server, entry, previous, onDisk: true) is { } message)
            {
                return message;
            }

            index = entry.Index;
            previous = entry.Term;
        }

        return null;
    }

    private string? Check(ServerId server, LogEntry entry, Term previous, bool onDisk)
    {
        long index = entry.Index.Value;
        if (index >= _newest.Length)
        {
            Array.Resize(ref _newest, (int)Math.Max(16, index * 2));
        }

        for (int slot = _newest[index]; slot != 0; slot = _known[slot - 1].Older)
        {
            ref Known known = ref _known[slot - 1];
            if (known.Entry.Term == entry.Term)
            {
                return Compare(server, entry, previous, ref known, onDisk);
            }
        }

        if (_count == _known.Length)
        {
            Array.Resize(ref _known, Math.Max(16, _count * 2));
        }

        _known[_count] = new Known { Entry = entry, Previous = previous, Server = server, Older = _newest[index] };
        _newest[index] = ++_count;
        return null;
    }

    private static string? Compare(ServerId server, LogEntry entry, Term previous, ref Known known, bool onDisk)
    {
        if (!ReferenceEquals(known.Entry, entry) && !known.Entry.IsSameAs(entry))
        {
            return $"entry {entry.Index}/{entry.Term} is {Describe(entry)} in the log of {server} {Where(onDisk)}, "
                + $"but {Describe(known.Entry)} in that of {known.Server}";
        }

        if (known.Previous == Unknown)
        {
            known.Previous = previous;
        }
        else if (previous != known.Previous && previous != Unknown)
        {
            return $"entry {entry.Index}/{entry.Term} follows {entry.Index.Previous()}/{previous} in the log of {server} {Where(onDisk)}, "
                + $"but {entry.Index.Previous()}/{known.Previous} in that of {known.Server}";
        }

        return null;
    }

    private static string Describe(LogEntry entry) => entry.Kind == EntryKind.Empty ? "empty" : Bytes.Describe(entry.Command);

    private static string Where(bool onDisk) => onDisk ? "on disk" : "in memory";

    private struct Known
    {
        public LogEntry Entry;
        public Term Previous;
        public ServerId Server;
        public int Older;
    }
}
