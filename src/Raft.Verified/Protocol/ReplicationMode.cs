namespace Raft.Verified.Protocol;

/// <summary>The way in which a leader sends entries to a follower.</summary>
public enum ReplicationMode
{
    /// <summary>The leader searches for the point where the logs agree, with one request at a time.</summary>
    Probe,

    /// <summary>The logs agree, so the leader pipelines requests without waiting for replies.</summary>
    Replicate,

    /// <summary>
    /// The follower needs entries that the leader has compacted, so the leader sends chunks of the snapshot, one at a
    /// time.
    /// </summary>
    Snapshot,
}
