using Raft.Verified.Specifications.Linearizability.Models;

namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>
/// Lines of the histories of a versioned key/value store. A put's value is <c>["text" version]</c>, its answer <c>:ok</c>, <c>:no-key</c>,
/// <c>:wrong-version</c> or <c>:maybe</c>; a get's answer is <c>["text" version]</c> or <c>:no-key</c>. Without an answer, the value is nil.
/// </summary>
internal static class VersionedLines
{
    private const string Pair = "[\"text\" version]";

    public static HistoryLine<VersionedCommand, VersionedAnswer> Parse(string text)
    {
        (int client, HistoryLineKind kind, string function, string key, EdnMap map) = StoreLines.Parse(text, "get", "put");
        object? value = map.Get("value");
        bool isPut = function == "put";
        switch (kind)
        {
            case HistoryLineKind.Invoke when isPut:
                (string put, long version) = TextAndVersion(value) ?? throw Problem(value, $"{Pair} to put");
                return new(client, kind, function, VersionedCommand.Put(key, put, version), default);
            case HistoryLineKind.Invoke when value is null:
                return new(client, kind, function, VersionedCommand.Get(key), default);
            case HistoryLineKind.Answer:
                return new(client, kind, Function(function, key), null, isPut ? AnswerToPut(value) : AnswerToGet(value));
            case HistoryLineKind.Unknown or HistoryLineKind.NoEffect when value is null:
                return new(client, kind, Function(function, key), null, default);
            default:
                throw Problem(value, "nil");
        }
    }

    public static string FunctionOf(VersionedCommand command) => Function(command.IsPut ? "put" : "get", command.Key);

    private static string Function(string function, string key) => $"{function} {key}";

    private static VersionedAnswer AnswerToPut(object? value) => value switch
    {
        EdnKeyword { Name: "ok" } => new(VersionedOutcome.Ok),
        EdnKeyword { Name: "no-key" } => new(VersionedOutcome.NoKey),
        EdnKeyword { Name: "wrong-version" } => new(VersionedOutcome.WrongVersion),
        EdnKeyword { Name: "maybe" } => new(VersionedOutcome.Maybe),
        _ => throw Problem(value, ":ok, :no-key, :wrong-version or :maybe"),
    };

    private static VersionedAnswer AnswerToGet(object? value) => (value, TextAndVersion(value)) switch
    {
        (_, { } got) => new(VersionedOutcome.Ok, got.Text, got.Version),
        (EdnKeyword { Name: "no-key" }, _) => new(VersionedOutcome.NoKey),
        _ => throw Problem(value, $"{Pair} or :no-key"),
    };

    private static (string Text, long Version)? TextAndVersion(object? value) =>
        value is IReadOnlyList<object?> { Count: 2 } pair && pair[0] is string text && pair[1] is long and >= 0 ? (text, (long)pair[1]!) : null;

    private static HistoryLineException Problem(object? value, string expected) => new($"found :value {EdnMap.Show(value)}; expected {expected}");
}
