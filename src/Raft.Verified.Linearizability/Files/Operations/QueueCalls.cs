using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>Calls of a queue: <c>:enqueue</c> of a value, <c>:dequeue</c> of the first one, which is nil when the queue is empty.</summary>
internal static class QueueCalls
{
    /// <summary>The meaning of the calls of queues, one for each key.</summary>
    public static CallMeaning<QueueState, Keyed<QueueCommand>, QueueAnswer> Meaning { get; } = new(
        ["enqueue", "dequeue"],
        _ => KeyedModel.Of(QueueModel.Instance),
        (call, reading) => Read(call, reading) is var (command, answer) ? (new Keyed<QueueCommand>(call.Object, command), answer) : null);

    private static (QueueCommand Command, QueueAnswer Answer) Read(RecordedCall call, HistoryReading reading)
    {
        if (call.Function == "enqueue")
        {
            call.CheckRepeats();
            return (QueueCommand.Enqueue(call.AskedValue), new QueueAnswer(DataValue.Nil));
        }

        if (!call.IsOk)
        {
            return (QueueCommand.Dequeue(), default);
        }

        DataValue got = RecordedCall.ValueOf(call.Result("the value taken, or nil"), call.Return!);
        return (QueueCommand.Dequeue(), new QueueAnswer(got, IsKnown: got != DataValue.Nil || reading.NilRead == NilRead.Value));
    }
}
