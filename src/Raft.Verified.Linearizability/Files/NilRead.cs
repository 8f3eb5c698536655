namespace Raft.Verified.Linearizability.Files;

/// <summary>The meanings that a read with the result nil can have.</summary>
public enum NilRead
{
    /// <summary>Nil was read: the object had no value.</summary>
    Value,

    /// <summary>The client does not know what it read.</summary>
    Unknown,
}
