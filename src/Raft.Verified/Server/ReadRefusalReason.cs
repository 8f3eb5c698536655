namespace Raft.Verified.Server;

/// <summary>The reason for which a read was refused.</summary>
public enum ReadRefusalReason
{
    /// <summary>This server is not the leader.</summary>
    NotLeader,

    /// <summary>
    /// This server leads but has no entry of its own term, so it does not know which entries are committed. This
    /// happens only when the empty entry on election is turned off. Propose a command to resolve it.
    /// </summary>
    NothingProposedInTerm,

    /// <summary>This server was deposed before it had confirmed its leadership.</summary>
    LeadershipLost,

    /// <summary>The server stopped.</summary>
    Stopped,
}
