using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>A model, and the meaning that the calls of a history have for it.</summary>
/// <param name="Functions">The names of the functions that it knows.</param>
/// <param name="Model">Makes the model; the argument is the value at first, null when none is given.</param>
/// <param name="Read">Reads a call: the command and, if there is one, the answer. Null when the call tells nothing.</param>
internal sealed record CallMeaning<TState, TCommand, TAnswer>(
    string[] Functions,
    Func<EdnValue?, SequentialModel<TState, TCommand, TAnswer>> Model,
    Func<RecordedCall, HistoryReading, (TCommand Command, TAnswer? Answer)?> Read)
    where TState : notnull
{
    /// <summary>Whether the model can begin with a given value.</summary>
    public bool TakesInitial { get; init; }

    /// <summary>Reads all calls.</summary>
    /// <param name="calls">The calls, with their keys.</param>
    /// <param name="reading">The choices.</param>
    /// <param name="position">The position of an entry in the history.</param>
    /// <exception cref="HistoryEntryException">A call has no meaning for the model.</exception>
    public List<HistoryOperation<TCommand, TAnswer>> ReadAll(IReadOnlyList<RecordedCall> calls, HistoryReading reading, Func<HistoryEntry, long> position)
    {
        List<HistoryOperation<TCommand, TAnswer>> operations = [];
        foreach (RecordedCall call in calls)
        {
            if (!Functions.Contains(call.Function))
            {
                throw call.Call.Problem($"found :f :{call.Function}; expected one of :{string.Join(", :", Functions)}");
            }

            bool compared = call.Function == "cas" && reading.FailedCompareAndSet == FailedCompareAndSet.Mismatch;
            bool failed = call.Return?.Type == HistoryEntryType.Fail;
            if (Read(call, reading) is not { } read || (failed && !compared))
            {
                continue;
            }

            bool answered = call.IsOk || failed;
            operations.Add(new HistoryOperation<TCommand, TAnswer>
            {
                Client = call.Call.Client,
                Command = read.Command,
                Call = position(call.Call),
                Return = answered ? position(call.Return!) : null,
                Answer = answered ? read.Answer : default,
            });
        }

        return operations;
    }
}
