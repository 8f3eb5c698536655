namespace Raft.Verified.Protocol;

/// <summary>How a leader sends to a follower.</summary>
public enum ReplicationMode
{
    /// <summary>The leader looks for the point where the logs agree: one request at a time.</summary>
    Probe,

    /// <summary>The logs agree: requests follow each other without waiting for the replies.</summary>
    Replicate,

    /// <summary>The follower needs entries that the leader has compacted: chunks of the snapshot, one at a time.</summary>
    Snapshot,
}
