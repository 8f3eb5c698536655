using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>A model together with the translation of recorded calls into its commands and answers.</summary>
/// <param name="Functions">The names of the functions that the model has.</param>
/// <param name="Model">
/// The factory for the model; its argument is the initial value, or null when none is given.
/// </param>
/// <param name="Read">
/// The translation of a call into its command and, if any, its answer. It returns null for a call that shows nothing.
/// </param>
internal sealed record CallMeaning<TState, TCommand, TAnswer>(
    string[] Functions,
    Func<EdnValue?, SequentialModel<TState, TCommand, TAnswer>> Model,
    Func<RecordedCall, HistoryReading, (TCommand Command, TAnswer? Answer)?> Read)
    where TState : notnull
{
    /// <summary>True when the model accepts an initial value.</summary>
    public bool TakesInitial { get; init; }

    /// <summary>Translates all calls into operations.</summary>
    /// <param name="calls">The calls with their keys.</param>
    /// <param name="reading">The options for reading the history.</param>
    /// <param name="position">The function that gives the position of an entry in the history.</param>
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
