namespace Raft.Verified.Protocol;

// Commitment: the paper's sections 5.3 and 5.4.2.
public sealed partial class RaftCore
{
    // Section 5.4.2, Figure 8: only entries of the leader's own term are committed by counting. Earlier entries are
    // committed with them.
    private void AdvanceCommit()
    {
        if (Role != Role.Leader)
        {
            return;
        }

        LogIndex reached = _replication.HighestMatched(_durability.DurableIndex);
        if (reached > CommitIndex && Log.TermAt(reached) == CurrentTerm)
        {
            AdvanceCommitTo(reached);
        }
    }

    private void AdvanceCommitTo(LogIndex index)
    {
        if (index > CommitIndex)
        {
            LogIndex before = CommitIndex;
            CommitIndex = index;
            Emit(RaftEvents.CommitAdvanced(Id, CurrentTerm, Role, index, before));
        }
    }

    // Entries are applied once they are committed and on this server's own disk, so that a restarted server is never behind what it
    // has applied.
    private void HandOutCommitted()
    {
        LogIndex durable = _durability.DurableIndex;
        if (LastApplied < Log.SnapshotIndex && durable >= Log.SnapshotIndex)
        {
            _effects.Restore = Snapshot;
            LastApplied = Log.SnapshotIndex;
        }

        LogIndex limit = LogIndex.Min(CommitIndex, durable);
        while (LastApplied < limit && LastApplied >= Log.SnapshotIndex)
        {
            LastApplied = LastApplied.Next();
            _effects.Commit(Log[LastApplied]);
        }
    }
}
