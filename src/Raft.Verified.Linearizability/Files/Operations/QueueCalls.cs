using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The calls of a queue: <c>:enqueue</c> of a value, and <c>:dequeue</c>, which returns the first value, or nil when
/// the queue is empty.
/// </summary>
internal static class QueueCalls
{
    /// <summary>The model, with one queue per key, and the translation of calls for it.</summary>
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
