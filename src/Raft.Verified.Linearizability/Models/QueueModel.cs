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

/// <summary>An answer of a queue.</summary>
/// <param name="Value">The value taken; nil when the queue was empty, and to an enqueue.</param>
/// <param name="IsKnown">Whether the client knows the value that it took.</param>
public readonly record struct QueueAnswer(DataValue Value, bool IsKnown = true)
{
    /// <inheritdoc />
    public override string ToString() => IsKnown ? $"{Value}" : "something";
}

/// <summary>A queue that gives values in the order in which they were added. An empty queue gives nil.</summary>
public static class QueueModel
{
    /// <summary>The model.</summary>
    public static SequentialModel<QueueState, QueueCommand, QueueAnswer> Instance { get; } = new()
    {
        Name = "fifo-queue",
        Initial = QueueState.Empty,
        Accepts = (got, expected) => !got.IsKnown || got == expected,
        Step = (state, command) => command.IsEnqueue
            ? (state.Enqueue(command.Value), new QueueAnswer(DataValue.Nil))
            : (state.Dequeue(out DataValue first), new QueueAnswer(first)),
    };
}
