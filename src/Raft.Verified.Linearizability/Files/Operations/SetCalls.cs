using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The calls of a set: <c>:add</c> of an element, and <c>:read</c> of all elements. The elements read are a set, a
/// vector or a list, in any order.
/// </summary>
internal static class SetCalls
{
    // A marker for an element that was read twice. No set of the model contains it, so such a read never fits.
    private static readonly DataValue Repeated = new("an element twice");

    /// <summary>The model, with one set per key, and the translation of calls for it.</summary>
    public static CallMeaning<SetState, Keyed<SetCommand>, SetAnswer> Meaning { get; } = new(
        ["add", "read"],
        _ => KeyedModel.Of(SetModel.Instance),
        (call, reading) => Read(call, reading) is { } read ? (new Keyed<SetCommand>(call.Object, read.Command), read.Answer) : null);

    private static (SetCommand Command, SetAnswer Answer)? Read(RecordedCall call, HistoryReading reading)
    {
        if (call.Function == "add")
        {
            call.CheckRepeats();
            return (SetCommand.Add(call.AskedValue), default);
        }

        if (!call.IsOk)
        {
            return (SetCommand.Read(), default);
        }

        const string Expected = "the elements, such as #{1 2} or [1 2]";
        EdnValue got = call.Result(Expected).Untagged;
        return got.Kind switch
        {
            EdnKind.Nil when reading.NilRead == NilRead.Unknown => null,
            EdnKind.Nil => (SetCommand.Read(), new SetAnswer(SetState.Empty)),
            EdnKind.Set or EdnKind.Sequence => (SetCommand.Read(), new SetAnswer(Elements(got, call.Return!))),
            _ => throw call.BadResult(Expected),
        };
    }

    private static SetState Elements(EdnValue got, HistoryEntry entry)
    {
        SetState set = SetState.Empty;
        foreach (EdnValue item in got.Items)
        {
            SetState before = set;
            set = set.Add(RecordedCall.ValueOf(item, entry));
            set = ReferenceEquals(before, set) ? set.Add(Repeated) : set;
        }

        return set;
    }
}
