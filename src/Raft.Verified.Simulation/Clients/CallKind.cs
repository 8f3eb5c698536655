namespace Raft.Verified.Simulation;

/// <summary>The kinds of calls that a client makes to a server and waits for.</summary>
public enum CallKind
{
    /// <summary>A command, whether the caller waits for its outcome or only for its place in the log.</summary>
    Proposal,

    /// <summary>A read that does not go through the log.</summary>
    Read,

    /// <summary>A compaction, whose snapshot replaces entries.</summary>
    Compaction,
}
