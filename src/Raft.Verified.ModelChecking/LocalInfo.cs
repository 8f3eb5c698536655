using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>A local state with its number, and with the values that the search reads often.</summary>
internal sealed class LocalInfo
{
    public LocalInfo(int number, int server, LocalState state, int history)
    {
        Number = number;
        Server = server;
        State = state;
        History = history;
        DurableTerm = (int)state.Disk.CurrentTerm.Value;
        Parts = state.Pending.Sum(DiskState.PartsOf);
        if (state.Core is not { } core)
        {
            return;
        }

        IsUp = true;
        Role = core.Role;
        Term = (int)core.CurrentTerm.Value;
        CommitIndex = (int)core.CommitIndex.Value;
        LastApplied = (int)core.LastApplied.Value;
        SnapshotIndex = (int)(core.Snapshot?.LastIncludedIndex.Value ?? 0);
        TakesReads = core.Role == Role.Leader && SnapshotIndex + core.Entries.Count >= core.TermStart.Value;
        Round = (int)core.Round.Value;
        Leader = core.LeaderId.Value;
    }

    public int Number { get; }

    /// <summary>The number of the server, from 0.</summary>
    public int Server { get; }

    public LocalState State { get; }

    /// <summary>
    /// The number of the server's history of entries; -1 while the server is down, or when the chunks of its snapshot
    /// do not belong together.
    /// </summary>
    public int History { get; }

    public bool IsUp { get; }

    public Role Role { get; }

    public int Term { get; }

    public int DurableTerm { get; }

    public int CommitIndex { get; }

    public int LastApplied { get; }

    public int SnapshotIndex { get; }

    public bool TakesReads { get; }

    public int Round { get; }

    /// <summary>The number of the leader that the server knows, from 1; 0 for none.</summary>
    public int Leader { get; }

    /// <summary>The number of parts of the unfinished writes.</summary>
    public int Parts { get; }

    /// <summary>The steps that were taken from this local state.</summary>
    public StepTable Steps { get; } = new();
}
