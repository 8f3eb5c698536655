using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>A call of a client together with its return.</summary>
/// <param name="Call">The entry of the call.</param>
/// <param name="Return">The entry of the return; null when the file has none.</param>
internal sealed record RecordedCall(HistoryEntry Call, HistoryEntry? Return)
{
    /// <summary>The key of the object that is called; null when the history has no keys.</summary>
    public string? Key { get; init; }

    /// <summary>The key of the object that is called; empty when the history is about one object.</summary>
    public string Object => Key ?? "";

    /// <summary>The argument, without the key.</summary>
    public EdnValue Asked { get; init; } = EdnValue.Nil;

    /// <summary>The result, without the key; null when the return has none.</summary>
    public EdnValue? Got { get; init; }

    /// <summary>The name of the function that is called.</summary>
    public string Function => Call.Function;

    /// <summary>True when the operation is known to have taken effect.</summary>
    public bool IsOk => Return?.Type == HistoryEntryType.Ok;

    /// <summary>The argument in a form that can be compared.</summary>
    public DataValue AskedValue => ValueOf(Asked, Call);

    /// <summary>Converts a value into a form that can be compared.</summary>
    /// <param name="value">The value as read.</param>
    /// <param name="entry">The entry that contains the value, for messages.</param>
    /// <exception cref="HistoryEntryException">The value is nested too deeply.</exception>
    public static DataValue ValueOf(EdnValue value, HistoryEntry entry)
    {
        try
        {
            return value.Untagged.Kind == EdnKind.Nil ? DataValue.Nil : new DataValue(value.Canonical());
        }
        catch (EdnException exception)
        {
            throw entry.Problem(exception.Message);
        }
    }

    /// <summary>
    /// Returns the result of an operation that has a result and no argument. The value of the call may repeat the
    /// result, as in histories completed by Knossos.
    /// </summary>
    /// <param name="expected">The description of the result, for messages.</param>
    /// <exception cref="HistoryEntryException">
    /// The return has no value, not even nil, or the call has an argument.
    /// </exception>
    public EdnValue Result(string expected)
    {
        EdnValue got = Got ?? throw Return!.Problem($"found no :value; expected {expected}");
        return AskedValue == DataValue.Nil || AskedValue == ValueOf(got, Return!)
            ? got
            : throw BadArgument($"nil, because :{Function} has no argument; of many objects, a field :key or [key nil]");
    }

    /// <summary>Checks that the return of an update repeats the value of the call, or has no value.</summary>
    /// <exception cref="HistoryEntryException">The return has another value.</exception>
    public void CheckRepeats()
    {
        if (IsOk && Got is { } got && ValueOf(got, Return!) is var value && value != DataValue.Nil && value != AskedValue)
        {
            throw Return!.Problem($"client {Call.Client} returns from '{Return}'; expected the return of its call '{Call}' of line {Call.Line}");
        }
    }

    /// <summary>Creates an exception about the value of the call.</summary>
    /// <param name="expected">The description of what was expected.</param>
    public HistoryEntryException BadArgument(string expected) => Call.Problem($"found :value {Asked}; expected {expected}");

    /// <summary>Creates an exception about the value of the return.</summary>
    /// <param name="expected">The description of what was expected.</param>
    public HistoryEntryException BadResult(string expected) => Return!.Problem($"found :value {Got}; expected {expected}");
}
