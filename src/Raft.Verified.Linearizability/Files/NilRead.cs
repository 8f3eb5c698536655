namespace Raft.Verified.Linearizability.Files;

/// <summary>The meanings of a read with the result nil.</summary>
public enum NilRead
{
    /// <summary>The read returned nil: the object had no value.</summary>
    Value,

    /// <summary>The client does not know what it read.</summary>
    Unknown,
}
