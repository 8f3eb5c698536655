using Raft.Verified.Specifications.Linearizability.Models;

namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>Lines of the histories of a key/value store with append. A return repeats the command, with a get's answer as its value.</summary>
internal static class KeyValueLines
{
    public static HistoryLine<KeyValueCommand, KeyValueAnswer> Parse(string text)
    {
        (int client, HistoryLineKind kind, string function, string key, EdnMap map) = StoreLines.Parse(text, "get", "put", "append");
        if (function != "get")
        {
            string value = map.Get<string>("value", "a string");
            KeyValueCommandKind change = function == "put" ? KeyValueCommandKind.Put : KeyValueCommandKind.Append;
            return new(client, kind, function, new KeyValueCommand(change, key, value), default);
        }

        KeyValueAnswer answer = default;
        if (kind == HistoryLineKind.Answer)
        {
            answer = new KeyValueAnswer(map.Get<string>("value", "the value got, a string"));
        }
        else if (map.Get("value") is { } value)
        {
            throw new HistoryLineException($"found :value {EdnMap.Show(value)} of a get without an answer; expected nil");
        }

        return new(client, kind, function, new KeyValueCommand(KeyValueCommandKind.Get, key), answer);
    }

    public static string FunctionOf(KeyValueCommand command) => command.Kind switch
    {
        KeyValueCommandKind.Get => "get",
        KeyValueCommandKind.Put => "put",
        _ => "append",
    };
}
