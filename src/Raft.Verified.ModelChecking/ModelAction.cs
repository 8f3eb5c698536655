namespace Raft.Verified.ModelChecking;

/// <summary>The inputs of a core, under the names of the actions of <c>specs/tla/Raft.tla</c>.</summary>
public enum ModelAction
{
    /// <summary>The election timer runs out.</summary>
    ElectionTimeout,

    /// <summary>The heartbeat timer runs out.</summary>
    HeartbeatTimeout,

    /// <summary>A message is received. Argument: its number.</summary>
    Receive,

    /// <summary>A client proposes a command. Argument: the command's number, from 1.</summary>
    Propose,

    /// <summary>The log is compacted. Argument: the last entry that the snapshot stands for.</summary>
    Compact,

    /// <summary>A client reads. Argument: how many entries are committed at that moment.</summary>
    Read,

    /// <summary>The disk holds the first writes on their way. Argument: how many.</summary>
    WriteCompleted,

    /// <summary>The process dies. Argument: how many parts of the writes on their way reach the disk.</summary>
    Crash,

    /// <summary>The server starts from what its disk holds.</summary>
    Restart,
}
