namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a queue.</summary>
/// <param name="IsEnqueue">Whether a value is added at the end; otherwise the first one is taken.</param>
/// <param name="Value">The value to add; nil to a dequeue.</param>
public readonly record struct QueueCommand(bool IsEnqueue, DataValue Value)
{
    /// <summary>Adds a value at the end.</summary>
    public static QueueCommand Enqueue(DataValue value) => new(true, value);

    /// <summary>Takes the first value.</summary>
    public static QueueCommand Dequeue() => new(false, DataValue.Nil);

    /// <inheritdoc />
    public override string ToString() => IsEnqueue ? $"enqueue {Value}" : "dequeue";
}
