namespace Raft.Verified.KeyValue;

/// <summary>The status of the store's answer. The numbers are part of the snapshot's format.</summary>
public enum KeyValueStatus : byte
{
    /// <summary>The operation was carried out.</summary>
    Ok = 0,

    /// <summary>There is no such key.</summary>
    NoKey = 1,

    /// <summary>The key does not have the requested version; nothing changed.</summary>
    VersionMismatch = 2,

    /// <summary>
    /// The key does not have the expected value; nothing changed. The answer contains the key's version.
    /// </summary>
    ValueMismatch = 3,

    /// <summary>
    /// The session is unknown: it was never opened, or it ended and is forgotten. Nothing changed now. An earlier
    /// attempt of the same operation may have taken effect.
    /// </summary>
    SessionExpired = 4,

    /// <summary>
    /// The session has already carried out a later operation, so this is a late copy and no client waits for its
    /// answer. Nothing changed.
    /// </summary>
    Superseded = 5,

    /// <summary>The entry is not a command of this store. Nothing changed.</summary>
    Malformed = 6,

    /// <summary>
    /// The key, the value, or the result of an append exceeds <see cref="KeyValueLimits"/>. Nothing changed.
    /// </summary>
    TooLarge = 7,

    /// <summary>
    /// The store would exceed <see cref="KeyValueLimits.MaxStateBytes"/>. Nothing changed. A write that makes the store
    /// smaller is still possible.
    /// </summary>
    StoreFull = 8,

    /// <summary>
    /// The session ended before this operation arrived for the first time. The operation has no effect and no late copy
    /// of it will have one. The client can retry it in a new session.
    /// </summary>
    SessionEnded = 9,
}
