namespace Raft.Verified.Simulation;

/// <summary>What a client asks of a server, and waits for.</summary>
public enum CallKind
{
    /// <summary>A command, whether its caller waits for its outcome or for its place in the log.</summary>
    Proposal,

    /// <summary>A read that does not go through the log.</summary>
    Read,

    /// <summary>A snapshot that is to take the place of entries.</summary>
    Compaction,
}
