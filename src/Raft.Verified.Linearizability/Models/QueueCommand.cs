namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a queue.</summary>
/// <param name="IsEnqueue">True to add a value at the end, false to take the first one.</param>
/// <param name="Value">The value to add; nil for a dequeue.</param>
public readonly record struct QueueCommand(bool IsEnqueue, DataValue Value)
{
    /// <summary>Creates the command that adds a value at the end.</summary>
    /// <param name="value">The value to add.</param>
    public static QueueCommand Enqueue(DataValue value) => new(true, value);

    /// <summary>Creates the command that takes the first value.</summary>
    public static QueueCommand Dequeue() => new(false, DataValue.Nil);

    /// <inheritdoc />
    public override string ToString() => IsEnqueue ? $"enqueue {Value}" : "dequeue";
}
