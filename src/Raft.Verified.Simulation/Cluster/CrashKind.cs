namespace Raft.Verified.Simulation;

/// <summary>What a crash takes away.</summary>
public enum CrashKind
{
    /// <summary>The machine loses power: of what was written and not flushed, a prefix of parts that the schedule chooses is on the disk.</summary>
    PowerCut,

    /// <summary>The process dies and the machine goes on: what was written is still in the machine's page cache, flushed or not.</summary>
    Process,
}
