namespace Raft.Verified.KeyValue;

/// <summary>The operation of a command. The numbers are part of the log's format.</summary>
public enum KeyValueOperation : byte
{
    /// <summary>Opens a session. The answer's <see cref="KeyValueReply.Version"/> is its number.</summary>
    OpenSession = 1,

    /// <summary>Sets a key's value.</summary>
    Put = 2,

    /// <summary>Sets a key's value if the key has a given version; version 0 creates the key.</summary>
    PutVersion = 3,

    /// <summary>Appends text to a key's value.</summary>
    Append = 4,

    /// <summary>Sets a key's value if it equals a given value.</summary>
    CompareAndSet = 5,
}
