namespace Raft.Verified.Linearizability.Models;

/// <summary>
/// The model of a queue that returns values in the order in which they were added. An empty queue returns nil.
/// </summary>
public static class QueueModel
{
    /// <summary>The model of one queue, empty initially.</summary>
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
