using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>A call of a client with its return.</summary>
/// <param name="Call">The call.</param>
/// <param name="Return">The return; null when the file has none.</param>
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

    /// <summary>The name of the function.</summary>
    public string Function => Call.Function;

    /// <summary>Whether the operation is known to have taken effect.</summary>
    public bool IsOk => Return?.Type == HistoryEntryType.Ok;

    /// <summary>The value that the call passes, in a form that can be compared.</summary>
    public DataValue AskedValue => ValueOf(Asked, Call);

    /// <summary>Reads a value in a form that can be compared.</summary>
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

    /// <summary>The result of an operation that asks for one and has no argument.</summary>
    /// <param name="expected">A description of the result.</param>
    /// <exception cref="HistoryEntryException">
    /// The return has no value, not even nil; or the call has an argument. It may have the result already, as Knossos completes histories.
    /// </exception>
    public EdnValue Result(string expected)
    {
        EdnValue got = Got ?? throw Return!.Problem($"found no :value; expected {expected}");
        return AskedValue == DataValue.Nil || AskedValue == ValueOf(got, Return!)
            ? got
            : throw BadArgument($"nil, because :{Function} has no argument; of many objects, a field :key or [key nil]");
    }

    /// <summary>Checks that the return of a change repeats the value of the call, or has none.</summary>
    /// <exception cref="HistoryEntryException">It has another value.</exception>
    public void CheckRepeats()
    {
        if (IsOk && Got is { } got && ValueOf(got, Return!) is var value && value != DataValue.Nil && value != AskedValue)
        {
            throw Return!.Problem($"client {Call.Client} returns from '{Return}'; expected the return of its call '{Call}' of line {Call.Line}");
        }
    }

    /// <summary>An error about the call's value.</summary>
    public HistoryEntryException BadArgument(string expected) => Call.Problem($"found :value {Asked}; expected {expected}");

    /// <summary>An error about the return's value.</summary>
    public HistoryEntryException BadResult(string expected) => Return!.Problem($"found :value {Got}; expected {expected}");
}
