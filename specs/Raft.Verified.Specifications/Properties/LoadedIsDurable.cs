using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a restarted server loads only state that its disk can no longer lose. The server treats the loaded
/// state as durable and acknowledges it. The first start of a run is not judged.
/// </summary>
public sealed class LoadedIsDurable : SafetyProperty
{
    private bool[] _hasStarted = [];

    /// <inheritdoc />
    public override string Name => nameof(LoadedIsDurable);

    /// <inheritdoc />
    public override string Source => "paper, Figure 2 (\"persistent state\"); thesis, section 3.8";

    /// <inheritdoc />
    public override string Statement =>
        "A restarting server loads no term, vote or entry that is not durable on its disk.";

    /// <inheritdoc />
    public override string TlaName => "LoadedIsDurable";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.Started];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (_hasStarted.Length == 0)
        {
            _hasStarted = new bool[view.Servers.Count];
        }

        ref bool hasStarted = ref _hasStarted[e.Server.Value - 1];
        if (!hasStarted || e.Subject is not DurableState found)
        {
            hasStarted = true;
            return null;
        }

        DiskView disk = view[e.Server].Disk;
        if (found.CurrentTerm > disk.Term || (found.CurrentTerm == disk.Term && found.VotedFor != disk.VotedFor))
        {
            return $"{e.Server} starts with term {found.CurrentTerm} and a vote for {Describe(found.VotedFor)}, but its disk holds term {disk.Term} and a vote for {Describe(disk.VotedFor)}";
        }

        // A new snapshot is reported only after the log has been cut, so the loaded one may be newer than the known
        // one.
        LogIndex snapshotIndex = found.Snapshot?.LastIncludedIndex ?? LogIndex.Zero;
        for (int i = 0; i < found.Entries.Count; i++)
        {
            LogEntry entry = found.Entries[i];
            if (entry.Index == snapshotIndex && entry.Term != found.Snapshot!.LastIncludedTerm)
            {
                // The remaining entries do not belong to the snapshot's history, and the server discards them.
                return null;
            }

            if (entry.Index > snapshotIndex && !disk.Log.Holds(entry))
            {
                return $"{e.Server} starts with {entry} in its log, but its disk {disk.Log.Describe(entry.Index)}";
            }
        }

        return null;
    }

    private static string Describe(ServerId vote) => vote.IsNone ? "nobody" : vote.ToString();
}
