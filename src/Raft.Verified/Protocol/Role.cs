namespace Raft.Verified.Protocol;

/// <summary>The role of a server (paper, section 5.1, Figure 4).</summary>
public enum Role
{
    /// <summary>Answers leaders and candidates.</summary>
    Follower,

    /// <summary>Asks for votes.</summary>
    Candidate,

    /// <summary>Handles clients and replicates its log.</summary>
    Leader,
}
