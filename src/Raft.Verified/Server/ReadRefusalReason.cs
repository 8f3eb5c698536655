namespace Raft.Verified.Server;

/// <summary>Why a read was refused.</summary>
public enum ReadRefusalReason
{
    /// <summary>This server is not the leader.</summary>
    NotLeader,

    /// <summary>
    /// This server leads, but has no entry of its own term and does not know what is committed. Only where the empty entry of an election is turned off;
    /// a proposal helps.
    /// </summary>
    NothingProposedInTerm,

    /// <summary>This server was deposed before it had confirmed that it still led.</summary>
    LeadershipLost,

    /// <summary>The server stopped.</summary>
    Stopped,
}
