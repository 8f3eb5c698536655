using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The assignment of calls to keys. A key is either in a field <c>:key</c>, or in the value as <c>[key value]</c>, as
/// with Jepsen's independent keys.
/// </summary>
internal sealed class CallKeys
{
    private static readonly string[] Asking = ["read", "get", "dequeue", "acquire", "release"];

    private readonly Dictionary<DataValue, string> _names = [];
    private readonly HashSet<string> _taken = [];

    /// <summary>Returns the calls with their keys, arguments and results.</summary>
    /// <param name="calls">The calls as paired.</param>
    /// <exception cref="HistoryEntryException">Some calls have a key and others have none.</exception>
    public static List<RecordedCall> Assign(List<RecordedCall> calls)
    {
        CallKeys keys = new();
        if (calls.FirstOrDefault(call => call.Call.Key is not null) is { } named)
        {
            return [.. calls.Select(call => keys.ByField(call, named))];
        }

        return HaveTuples(calls)
            ? [.. calls.Select(keys.ByTuple)]
            : [.. calls.Select(call => call with { Asked = call.Call.Value ?? EdnValue.Nil, Got = call.Return?.Value })];
    }

    /// <summary>Returns true when all calls have the key in their value.</summary>
    private static bool HaveTuples(List<RecordedCall> calls)
    {
        RecordedCall? without = calls.Find(call => !IsTuple(call));
        if (without is null)
        {
            return calls.Exists(call => call.Function is "read" or "get" or "cas" || AsksWithKey(call));
        }

        // An operation without an argument gets a pair with nil only to pass the key.
        return calls.Find(AsksWithKey) is { } keyed
            ? throw without.Call.Problem($"found :value {without.Call.Value ?? EdnValue.Nil}; expected [key value], as in line {keyed.Call.Line}")
            : false;
    }

    private static bool AsksWithKey(RecordedCall call) => Asking.Contains(call.Function) && IsTuple(call) && Items(call)[1].Kind == EdnKind.Nil;

    private static bool IsTuple(RecordedCall call) =>
        call.Call.Value?.Untagged is { Kind: EdnKind.Sequence, Items.Count: 2 } pair
        && pair.Items[0].Kind is not (EdnKind.Sequence or EdnKind.Set or EdnKind.Map)
        && (call.Function != "cas" || pair.Items[1].Untagged is { Kind: EdnKind.Sequence, Items.Count: 2 });

    private static IReadOnlyList<EdnValue> Items(RecordedCall call) => call.Call.Value!.Untagged.Items;

    private RecordedCall ByField(RecordedCall call, RecordedCall other)
    {
        EdnValue key = call.Call.Key ?? throw call.Call.Problem($"found no :key; expected a key, as in line {other.Call.Line}");
        if (call.Return is { Type: HistoryEntryType.Ok, Key: { } repeated } && RecordedCall.ValueOf(repeated, call.Return) != RecordedCall.ValueOf(key, call.Call))
        {
            throw call.Return.Problem($"client {call.Call.Client} returns from '{call.Return}'; expected the return of its call '{call.Call}' of line {call.Call.Line}");
        }

        return call with { Key = NameOf(key, call.Call), Asked = call.Call.Value ?? EdnValue.Nil, Got = call.Return?.Value };
    }

    private RecordedCall ByTuple(RecordedCall call)
    {
        EdnValue key = Items(call)[0];
        return call with
        {
            Key = NameOf(key, call.Call),
            Asked = Items(call)[1],
            Got = call.IsOk ? Result(call, RecordedCall.ValueOf(key, call.Call)) : null,
        };
    }

    private static EdnValue? Result(RecordedCall call, DataValue key)
    {
        if (call.Return!.Value is not { Kind: not EdnKind.Nil } value)
        {
            return call.Return.Value;
        }

        return value.Untagged is { Kind: EdnKind.Sequence, Items.Count: 2 } pair && RecordedCall.ValueOf(pair.Items[0], call.Return) == key
            ? pair.Items[1]
            : throw call.Return.Problem($"found :value {value}; expected [{key} value], with the key of its call of line {call.Call.Line}");
    }

    // A string is its own name, unless another key is written the same way.
    private string NameOf(EdnValue key, HistoryEntry entry)
    {
        DataValue value = RecordedCall.ValueOf(key, entry);
        if (_names.TryGetValue(value, out string? known))
        {
            return known;
        }

        string name = key.Untagged.Kind == EdnKind.Text ? key.Untagged.Text : $"{value}";
        for (name = _taken.Contains(name) ? $"{value}" : name; !_taken.Add(name); name += "'")
        {
        }

        _names.Add(value, name);
        return name;
    }
}
