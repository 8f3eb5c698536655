namespace Raft.Verified.Cli.Output.Log;

/// <summary>What the lines of the readable log are about.</summary>
[Flags]
internal enum LogTopic
{
    None = 0,

    /// <summary>Terms, roles, votes.</summary>
    Vote = 1,

    /// <summary>Entries appended to logs in memory and deleted from them.</summary>
    Log = 2,

    /// <summary>Entries committed and applied.</summary>
    Commit = 4,

    /// <summary>Compaction, and snapshots installed.</summary>
    Snap = 8,

    /// <summary>Timers that fire.</summary>
    Timer = 16,

    /// <summary>Messages sent, received, lost.</summary>
    Msg = 32,

    /// <summary>What clients ask, and what they are answered.</summary>
    Client = 64,

    /// <summary>What reaches the disks.</summary>
    Disk = 128,

    /// <summary>Starts, crashes, partitions, and what else the world does to the servers.</summary>
    Env = 256,

    /// <summary>Election timers that start anew.</summary>
    Reset = 512,

    /// <summary>What is shown unless the user says otherwise.</summary>
    Default = Vote | Log | Commit | Snap | Timer | Msg | Client | Env,
}
