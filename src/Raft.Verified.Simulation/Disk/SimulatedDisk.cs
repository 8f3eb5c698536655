using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// A disk in memory with the semantics of a real one: unflushed writes are in the page cache. The page cache survives a
/// crash of the process. A crash of the machine loses it, completely or from some point on. Outlives the server that
/// writes to it. Not safe for concurrent use.
/// </summary>
/// <param name="server">The server that the disk belongs to.</param>
/// <param name="observer">The receiver of the events on durable writes.</param>
public sealed class SimulatedDisk(ServerId server, IRaftObserver observer)
{
    private readonly List<DurableWrite> _unflushed = [];
    private readonly List<LogEntry> _log = [];

    /// <summary>The number of unflushed writes.</summary>
    public int UnflushedWrites => _unflushed.Count;

    /// <summary>
    /// The number of unflushed parts of writes (see <see cref="DurableWrite"/>: term and vote; snapshot; cut; log).
    /// </summary>
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

    /// <summary>Writes to the page cache, without making the writes durable.</summary>
    public void Write(IReadOnlyList<DurableWrite> writes)
    {
        ArgumentNullException.ThrowIfNull(writes);
        _unflushed.AddRange(writes);
    }

    /// <summary>Makes everything written so far durable.</summary>
    public void Flush() => Flush(int.MaxValue);

    /// <summary>
    /// Crashes the machine: of the unflushed writes, only the first <paramref name="survivingParts"/> parts reach the
    /// disk.
    /// </summary>
    public void Crash(int survivingParts) => Flush(survivingParts);

    /// <summary>
    /// Returns the state that a starting server loads, and makes it durable, as the server assumes. After a crash of
    /// the process alone, part of it may be in the page cache only.
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
