namespace Raft.Verified.Linearizability.Models;

/// <summary>The kinds of commands to a key/value store.</summary>
public enum KeyValueCommandKind
{
    /// <summary>A command that reads the value of a key.</summary>
    Get,

    /// <summary>A command that sets the value of a key.</summary>
    Put,

    /// <summary>A command that appends to the value of a key.</summary>
    Append,
}
