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

    /// <summary>The key has another value than was expected; nothing changed.</summary>
    ValueMismatch = 3,

    /// <summary>
    /// The session is not known: it never was, or it has expired. Nothing changed now; whether an earlier attempt of the same operation has taken
    /// effect, nobody knows any more.
    /// </summary>
    SessionExpired = 4,

    /// <summary>The session has gone on to a later operation: this is a late copy, whose answer nobody waits for. Nothing changed.</summary>
    Superseded = 5,

    /// <summary>The entry is not a command of this store. Nothing changed.</summary>
    Malformed = 6,
}

/// <summary>An answer of the store.</summary>
/// <param name="Status">How it went.</param>
/// <param name="Version">The key's version after the operation, 0 without such a key; of an opened session, its number.</param>
/// <param name="Value">The key's value, where it was asked for or was another than expected; otherwise empty.</param>
public readonly record struct KeyValueReply(KeyValueStatus Status, long Version = 0, string Value = "")
{
    /// <summary>Whether the operation was carried out.</summary>
    public bool IsOk => Status == KeyValueStatus.Ok;

    /// <inheritdoc />
    public override string ToString() => Value.Length > 0 ? $"{Status} version {Version} {Value}" : $"{Status} version {Version}";
}
