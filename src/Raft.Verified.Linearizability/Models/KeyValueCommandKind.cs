namespace Raft.Verified.Linearizability.Models;

/// <summary>What can be asked of a key/value store.</summary>
public enum KeyValueCommandKind
{
    /// <summary>A key's value.</summary>
    Get,

    /// <summary>To give a key a value.</summary>
    Put,

    /// <summary>To add to the end of a key's value.</summary>
    Append,
}
