using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// A disk in memory with the semantics of a real one: what was written and not yet flushed is in the page cache. It survives a crash of the process, and is lost in
/// a crash of the machine, wholly or from some point on. Outlives the server that writes to it. Not safe for concurrent use.
/// </summary>
/// <param name="server">Whose disk it is.</param>
/// <param name="observer">Where the events of what became durable go.</param>
public sealed class SimulatedDisk(ServerId server, IRaftObserver observer)
{
    private readonly List<DurableWrite> _unflushed = [];
    private readonly List<LogEntry> _log = [];

    /// <summary>How many writes are written and not flushed.</summary>
    public int UnflushedWrites => _unflushed.Count;

    /// <summary>How many parts of writes are written and not flushed (see <see cref="DurableWrite"/>: term and vote; snapshot; cut; log).</summary>
    public int UnflushedParts
    {
        get
        {
            int parts = 0;
            foreach (DurableWrite write in _unflushed)
            {
                parts += (write.TermAndVote is null ? 0 : 1) + (write.Snapshot is null ? 0 : 2) + (write.LogFrom is null ? 0 : 1);
            }

            return parts;
        }
    }

    /// <summary>The term on disk.</summary>
    public Term CurrentTerm { get; private set; }

    /// <summary>The vote on disk.</summary>
    public ServerId VotedFor { get; private set; }

    /// <summary>The snapshot on disk.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <summary>The log on disk.</summary>
    public IReadOnlyList<LogEntry> Log => _log;

    /// <summary>Writes, without making durable.</summary>
    public void Write(IReadOnlyList<DurableWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        _unflushed.AddRange(writes);
    }

    /// <summary>Makes everything written so far durable.</summary>
    public void Flush() => Flush(int.MaxValue);

    /// <summary>The machine crashes: of what was not flushed, only the first <paramref name="survivingParts"/> parts reached the disk.</summary>
    public void Crash(int survivingParts) => Flush(survivingParts);

    /// <summary>
    /// Returns what a starting server finds, and makes it durable: after a crash of the process alone, part of it may be in the page cache only, and the server
    /// takes all of it for durable.
    /// </summary>
    public DurableState Load()
    {
        Flush();
        return new DurableState(CurrentTerm, VotedFor, Snapshot, [.. _log]);
    }

    private void Flush(int parts)
    {
        foreach (DurableWrite write in _unflushed)
        {
            if (write.TermAndVote is { } termAndVote && parts-- > 0)
            {
                (CurrentTerm, VotedFor) = termAndVote;
                Emit(RaftEvents.DiskTermAndVote(server, CurrentTerm, VotedFor));
            }

            if (write.Snapshot is { } snapshot && parts-- > 0)
            {
                Snapshot = snapshot;
                if (parts-- > 0)
                {
                    Cut(snapshot, write.KeepSuffix);
                }
            }

            if (write.LogFrom is { } from && parts-- > 0)
            {
                ReplaceLog(from, write.Entries.Span);
            }

            if (parts <= 0)
            {
                break;
            }
        }

        _unflushed.Clear();
    }

    private void Cut(Snapshot snapshot, bool keepSuffix)
    {
        _log.RemoveAll(entry => !keepSuffix || entry.Index <= snapshot.LastIncludedIndex);
        Emit(RaftEvents.DiskSnapshot(server, CurrentTerm, snapshot, LastIndex));
    }

    private void ReplaceLog(LogIndex from, ReadOnlySpan<LogEntry> entries)
    {
        int keep = _log.Count == 0 ? 0 : (int)(from - _log[0].Index);
        if (keep < 0 || keep > _log.Count)
        {
            throw new InvalidOperationException($"the log on the disk of {server} ends at {LastIndex}; a write from {from} would leave a gap");
        }

        if (keep < _log.Count)
        {
            _log.RemoveRange(keep, _log.Count - keep);
            Emit(RaftEvents.DiskTruncated(server, CurrentTerm, from, LastIndex));
        }

        foreach (LogEntry entry in entries)
        {
            _log.Add(entry);
            Emit(RaftEvents.DiskAppended(server, CurrentTerm, entry));
        }
    }

    private LogIndex LastIndex => _log.Count > 0 ? _log[^1].Index : Snapshot?.LastIncludedIndex ?? LogIndex.Zero;

    private void Emit(in RaftEvent raftEvent) => observer.OnEvent(in raftEvent);
}
