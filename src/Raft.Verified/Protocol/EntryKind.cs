namespace Raft.Verified.Protocol;

/// <summary>The kind of a log entry.</summary>
public enum EntryKind
{
    /// <summary>A client's command for the state machine.</summary>
    Command,

    /// <summary>The empty entry that a leader appends when elected, to learn what is committed (paper, section 8).</summary>
    Empty,
}
