namespace Raft.Verified.Simulation.Coverage;

/// <summary>The columns of the third table.</summary>
internal enum Phase
{
    NobodyLeadsOrAsks,
    Election,
    AllCommitted,
    Uncommitted,
    TwoLeaders,
    Unflushed,
    ReceivingSnapshot,
    InstalledNotOnDisk,
    CompactedNotOnDisk,
    MissesCommitted,
}
