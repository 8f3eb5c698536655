namespace Raft.Verified.Testing.Log;

/// <summary>The topics of the lines in the readable log.</summary>
[Flags]
public enum LogTopic
{
    /// <summary>No topic.</summary>
    None = 0,

    /// <summary>Terms, roles and votes.</summary>
    Vote = 1,

    /// <summary>Entries appended to logs in memory and deleted from them.</summary>
    Log = 2,

    /// <summary>Entries committed and applied.</summary>
    Commit = 4,

    /// <summary>Compaction, and snapshots installed.</summary>
    Snap = 8,

    /// <summary>Timers that fire.</summary>
    Timer = 16,

    /// <summary>Messages that are sent, received or lost.</summary>
    Msg = 32,

    /// <summary>Calls of clients, and their answers.</summary>
    Client = 64,

    /// <summary>Changes of the durable state on disks.</summary>
    Disk = 128,

    /// <summary>Starts, crashes, partitions, and other acts of the environment.</summary>
    Env = 256,

    /// <summary>Election timers that are reset.</summary>
    Reset = 512,

    /// <summary>The topics that are shown by default.</summary>
    Default = Vote | Log | Commit | Snap | Timer | Msg | Client | Env,
}
