using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>The contents of one disk as an immutable value, with the parts of <see cref="DurableState"/>.</summary>
internal sealed record DiskState(Term CurrentTerm, ServerId VotedFor, Snapshot? Snapshot, LogEntry[] Log)
{
    public static DiskState Empty { get; } = new(Term.Zero, ServerId.None, null, []);

    public LogIndex SnapshotIndex => Snapshot?.LastIncludedIndex ?? LogIndex.Zero;

    public LogIndex LastIndex => Log.Length > 0 ? LogIndex.Max(SnapshotIndex, Log[^1].Index) : SnapshotIndex;

    /// <summary>Returns the state that a restarting server finds.</summary>
    public DurableState Load() => new(CurrentTerm, VotedFor, Snapshot, Log);

    /// <summary>Returns the number of parts of a write, as <see cref="DurableWrite"/> lists them.</summary>
    public static int PartsOf(DurableWrite write) =>
        (write.TermAndVote is null ? 0 : 1) + (write.Snapshot is null ? 0 : 2) + (write.LogFrom is null ? 0 : 1);

    /// <summary>Returns the disk after the first parts of the writes have reached it.</summary>
    /// <param name="writes">The writes, in order.</param>
    /// <param name="parts">The number of parts that reach the disk; more than there are for all parts.</param>
    public DiskState Write(IEnumerable<DurableWrite> writes, int parts)
    {
        DiskState disk = this;
        foreach (DurableWrite write in writes)
        {
            disk = disk.Write(write, ref parts);
        }

        return disk;
    }

    public void WriteTo(StateWriter writer)
    {
        writer.Number(CurrentTerm.Value);
        writer.Number(VotedFor.Value);
        writer.Snapshot(Snapshot);
        writer.Entries(Log);
    }

    private DiskState Write(DurableWrite write, ref int parts)
    {
        DiskState disk = this;
        if (write.TermAndVote is { } termAndVote && parts-- > 0)
        {
            disk = disk with { CurrentTerm = termAndVote.CurrentTerm, VotedFor = termAndVote.VotedFor };
        }

        if (write.Snapshot is { } snapshot && parts-- > 0)
        {
            disk = disk with { Snapshot = snapshot };
            if (parts-- > 0)
            {
                disk = disk with { Log = write.KeepSuffix ? [.. disk.Log.Where(entry => entry.Index > snapshot.LastIncludedIndex)] : [] };
            }
        }

        if (write.LogFrom is { } from && parts-- > 0)
        {
            disk = disk with { Log = [.. disk.Log.Where(entry => entry.Index < from), .. write.Entries.ToArray()] };
        }

        return disk;
    }
}
