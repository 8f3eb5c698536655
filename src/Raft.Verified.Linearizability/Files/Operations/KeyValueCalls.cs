using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The calls of a key/value store with append: <c>:get</c>, and <c>:put</c> and <c>:append</c> of a string. A get that
/// returns nil found no value.
/// </summary>
internal static class KeyValueCalls
{
    /// <summary>The model, and the translation of calls for it.</summary>
    public static CallMeaning<KeyValueState, KeyValueCommand, KeyValueAnswer> Meaning { get; } =
        new(["get", "put", "append"], _ => KeyValueModel.Instance, Read);

    private static (KeyValueCommand Command, KeyValueAnswer Answer)? Read(RecordedCall call, HistoryReading reading)
    {
        string key = StoreKey.Of(call);
        if (call.Function != "get")
        {
            call.CheckRepeats();
            KeyValueCommandKind kind = call.Function == "put" ? KeyValueCommandKind.Put : KeyValueCommandKind.Append;
            return (new KeyValueCommand(kind, key, Text(call.Asked) ?? throw call.BadArgument("a string")), default);
        }

        KeyValueCommand get = new(KeyValueCommandKind.Get, key);
        if (!call.IsOk)
        {
            return (get, default);
        }

        const string Expected = "the value got, a string or nil";
        EdnValue got = call.Result(Expected);
        return got.Kind != EdnKind.Nil ? (get, new KeyValueAnswer(Text(got) ?? throw call.BadResult(Expected)))
            : reading.NilRead == NilRead.Unknown ? null
            : (get, new KeyValueAnswer(""));
    }

    private static string? Text(EdnValue value) => value.Untagged is { Kind: EdnKind.Text } text ? text.Text : null;
}
