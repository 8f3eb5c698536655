namespace Raft.Verified.ModelChecking;

/// <summary>The inputs of a core. They have the names of the actions in <c>specs/tla/Raft.tla</c>.</summary>
public enum ModelAction
{
    /// <summary>The election timer runs out.</summary>
    ElectionTimeout,

    /// <summary>The heartbeat timer runs out.</summary>
    HeartbeatTimeout,

    /// <summary>A message is received. The argument is the number of the message in the search.</summary>
    Receive,

    /// <summary>A client proposes a command. The argument is the number of the command, from 1.</summary>
    Propose,

    /// <summary>The log is compacted. The argument is the index of the last entry that the snapshot covers.</summary>
    Compact,

    /// <summary>A client reads. The argument is the number of entries that are committed at that moment.</summary>
    Read,

    /// <summary>
    /// The disk completes the oldest unfinished writes. The argument is the number of these writes, from 1.
    /// </summary>
    WriteCompleted,

    /// <summary>
    /// The process crashes. The argument is the number of parts of the unfinished writes that reach the disk.
    /// </summary>
    Crash,

    /// <summary>The server starts from the contents of its disk.</summary>
    Restart,
}
