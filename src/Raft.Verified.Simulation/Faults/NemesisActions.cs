namespace Raft.Verified.Simulation;

/// <summary>The actions of a nemesis.</summary>
[Flags]
public enum NemesisActions
{
    /// <summary>Crashes a server, at once or after some steps, and restarts it later.</summary>
    CrashAndRestart = 1,

    /// <summary>Divides the servers into groups, cuts single links in one direction, and heals the network.</summary>
    Partition = 2,

    /// <summary>Pauses a server and resumes it later.</summary>
    Pause = 4,

    /// <summary>All actions.</summary>
    All = CrashAndRestart | Partition | Pause,
}
