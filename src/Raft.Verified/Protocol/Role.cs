namespace Raft.Verified.Protocol;

/// <summary>The role of a server (paper, section 5.1, Figure 4).</summary>
public enum Role
{
    /// <summary>A server that answers leaders and candidates.</summary>
    Follower,

    /// <summary>A server that asks for votes.</summary>
    Candidate,

    /// <summary>A server that handles clients and replicates its log.</summary>
    Leader,
}
