using Raft.Verified.KeyValue;

namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>An operation of the store, as the client sees it.</summary>
/// <param name="Operation">The kind of write; null for a read.</param>
/// <param name="Key">The key that is read or written.</param>
/// <param name="Value">The value to set, or the text to append.</param>
/// <param name="Version">The required version for <see cref="KeyValueOperation.PutVersion"/>.</param>
/// <param name="Expected">
/// The required value for <see cref="KeyValueOperation.CompareAndSet"/>; null when the key must not exist.
/// </param>
public readonly record struct StoreOperation(KeyValueOperation? Operation, string Key, string Value = "", long Version = 0, string? Expected = null)
{
    /// <inheritdoc />
    public override string ToString() => Operation switch
    {
        null => $"get {Key}",
        KeyValueOperation.PutVersion => $"put {Key}=\"{Value}\" at version {Version}",
        KeyValueOperation.CompareAndSet => $"set {Key}=\"{Value}\" if {(Expected is null ? "absent" : $"\"{Expected}\"")}",
        KeyValueOperation.Append => $"append {Key} \"{Value}\"",
        _ => $"put {Key}=\"{Value}\"",
    };
}
