namespace Raft.Verified.KeyValue;

/// <summary>An answer of the store.</summary>
/// <param name="Status">The outcome of the operation.</param>
/// <param name="Version">
/// The key's version after the operation; 0 when the key does not exist. For an opened session, the number of the
/// session.
/// </param>
/// <param name="Value">
/// The key's value for a read; otherwise empty. Answers to writes have no value, because they are stored with the
/// sessions and must not enlarge the state.
/// </param>
public readonly record struct KeyValueReply(KeyValueStatus Status, long Version = 0, string Value = "")
{
    /// <summary>True when the operation was carried out.</summary>
    public bool IsOk => Status == KeyValueStatus.Ok;

    /// <inheritdoc />
    public override string ToString() => Value.Length > 0 ? $"{Status} version {Version} {Value}" : $"{Status} version {Version}";
}
