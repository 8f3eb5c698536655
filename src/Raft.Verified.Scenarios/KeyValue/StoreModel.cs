using System.Text;
using Raft.Verified.KeyValue;
using Raft.Verified.Linearizability;

namespace Raft.Verified.Scenarios.KeyValue;

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

    // In UTF-8, a UTF-16 code unit takes at most three bytes.
    private static bool IsLonger(string text, int bytes) => text.Length > bytes / 3 && Encoding.UTF8.GetByteCount(text) > bytes;

    private static (StoreState State, KeyValueReply Answer) Write(StoreState state, string value) =>
        (new StoreState(value, state.Version + 1), new KeyValueReply(KeyValueStatus.Ok, state.Version + 1));
}
