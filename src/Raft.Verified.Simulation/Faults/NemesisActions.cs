namespace Raft.Verified.Simulation;

/// <summary>What a nemesis may do.</summary>
[Flags]
public enum NemesisActions
{
    /// <summary>Crashes a server, at once or after some steps, and restarts it later.</summary>
    CrashAndRestart = 1,

    /// <summary>Divides the servers into groups; cuts single links in one direction; heals.</summary>
    Partition = 2,

    /// <summary>Pauses a server and resumes it later.</summary>
    Pause = 4,

    /// <summary>Everything.</summary>
    All = CrashAndRestart | Partition | Pause,
}
