namespace Raft.Verified.KeyValue;

/// <summary>How the store answered. The numbers are part of the snapshot's format.</summary>
public enum KeyValueStatus : byte
{
    /// <summary>Done.</summary>
    Ok = 0,

    /// <summary>There is no such key.</summary>
    NoKey = 1,

    /// <summary>The key has another version than was asked for; nothing changed.</summary>
    VersionMismatch = 2,

    /// <summary>The key has another value than was expected; nothing changed. The answer names the key's version, by which the value can be read.</summary>
    ValueMismatch = 3,

    /// <summary>
    /// The session is not known: it was never opened, or it ended so long ago that it is forgotten. Nothing changed now; whether an earlier attempt of
    /// the same operation has taken effect, nobody knows any more.
    /// </summary>
    SessionExpired = 4,

    /// <summary>The session has gone on to a later operation: this is a late copy, whose answer nobody waits for. Nothing changed.</summary>
    Superseded = 5,

    /// <summary>The entry is not a command of this store. Nothing changed.</summary>
    Malformed = 6,

    /// <summary>The key, the value, or the value that an append would make is longer than <see cref="KeyValueLimits"/> allow. Nothing changed.</summary>
    TooLarge = 7,

    /// <summary>The store would grow beyond <see cref="KeyValueLimits.MaxStateBytes"/>. Nothing changed; a write that makes it smaller is still possible.</summary>
    StoreFull = 8,

    /// <summary>
    /// The session had ended before this operation came for the first time: it has not been carried out and never will be, whatever copies of it
    /// are still on their way. It can be tried again in a new session.
    /// </summary>
    SessionEnded = 9,
}

/// <summary>An answer of the store.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Version">The key's version after the operation, 0 without such a key; of an opened session, its number.</param>
/// <param name="Value">
/// The key's value where it was asked for; otherwise empty. Answers to writes have none: they are kept with the sessions, and must not add to the state.
/// </param>
public readonly record struct KeyValueReply(KeyValueStatus Status, long Version = 0, string Value = "")
{
    /// <summary>Whether the operation was carried out.</summary>
    public bool IsOk => Status == KeyValueStatus.Ok;

    /// <inheritdoc />
    public override string ToString() => Value.Length > 0 ? $"{Status} version {Version} {Value}" : $"{Status} version {Version}";
}
