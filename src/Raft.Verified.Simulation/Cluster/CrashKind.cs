namespace Raft.Verified.Simulation;

/// <summary>The kinds of crashes, by the data that they lose.</summary>
public enum CrashKind
{
    /// <summary>
    /// The machine loses power. Of the unflushed writes, a prefix of parts that the schedule chooses is on the disk.
    /// </summary>
    PowerCut,

    /// <summary>
    /// The process dies and the machine goes on. All writes remain in the machine's page cache, flushed or not.
    /// </summary>
    Process,
}
