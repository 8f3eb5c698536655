using System.Text;
using Raft.Verified.KeyValue;
using Raft.Verified.Linearizability;

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

/// <summary>The state of one key.</summary>
/// <param name="Value">The key's value; empty when the key does not exist.</param>
/// <param name="Version">The number of writes to the key; 0 when the key does not exist.</param>
public readonly record struct StoreState(string Value, long Version)
{
    /// <inheritdoc />
    public override string ToString() => Version == 0 ? "no key" : $"\"{Value}\" version {Version}";
}

/// <summary>
/// The sequential model of the key/value store. Answers are compared completely. The answer to a write contains the new
/// version, and so its position in the order of all writes to the key.
/// </summary>
public static class StoreModel
{
    /// <summary>The model, in which each key is a separate part.</summary>
    public static SequentialModel<StoreState, StoreOperation, KeyValueReply> Instance { get; } = Within(KeyValueLimits.Default);

    /// <summary>Returns the model of a store with other limits on keys and values.</summary>
    public static SequentialModel<StoreState, StoreOperation, KeyValueReply> Within(KeyValueLimits limits) => new()
    {
        Name = "store",
        Initial = new StoreState("", 0),
        PartOf = operation => operation.Key,
        IsReadOnly = operation => operation.Operation is null,
        Step = (state, operation) => Step(state, operation, limits),
    };

    private static (StoreState State, KeyValueReply Answer) Step(StoreState state, StoreOperation operation, KeyValueLimits limits)
    {
        bool exists = state.Version > 0;
        if (operation.Operation is not null && (IsLonger(operation.Key, limits.MaxKeyBytes)
            || IsLonger(operation.Value, limits.MaxValueBytes) || IsLonger(operation.Expected ?? "", limits.MaxValueBytes)))
        {
            return (state, new KeyValueReply(KeyValueStatus.TooLarge));
        }

        return operation.Operation switch
        {
            null => (state, exists ? new KeyValueReply(KeyValueStatus.Ok, state.Version, state.Value) : new KeyValueReply(KeyValueStatus.NoKey)),
            KeyValueOperation.PutVersion when operation.Version != state.Version => (state, new KeyValueReply(KeyValueStatus.VersionMismatch, state.Version)),
            KeyValueOperation.CompareAndSet when exists && operation.Expected != state.Value =>
                (state, new KeyValueReply(KeyValueStatus.ValueMismatch, state.Version)),
            KeyValueOperation.CompareAndSet when !exists && operation.Expected is not null => (state, new KeyValueReply(KeyValueStatus.NoKey)),
            KeyValueOperation.Append when IsLonger(state.Value + operation.Value, limits.MaxValueBytes) =>
                (state, new KeyValueReply(KeyValueStatus.TooLarge, state.Version)),
            KeyValueOperation.Append => Write(state, state.Value + operation.Value),
            _ => Write(state, operation.Value),
        };
    }

    // In UTF-8 a character of a string takes at most three bytes.
    private static bool IsLonger(string text, int bytes) => text.Length > bytes / 3 && Encoding.UTF8.GetByteCount(text) > bytes;

    private static (StoreState State, KeyValueReply Answer) Write(StoreState state, string value) =>
        (new StoreState(value, state.Version + 1), new KeyValueReply(KeyValueStatus.Ok, state.Version + 1));
}
