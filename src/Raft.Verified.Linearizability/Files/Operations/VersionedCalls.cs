using System.Globalization;
using Raft.Verified.Linearizability.Files.Edn;
using Raft.Verified.Linearizability.Models;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>
/// The calls of a versioned key/value store. The value of a put is <c>["text" version]</c>; its answer is <c>:ok</c>,
/// <c>:no-key</c>, <c>:wrong-version</c> or <c>:maybe</c>. The answer to a get is <c>["text" version]</c> or
/// <c>:no-key</c>.
/// </summary>
internal static class VersionedCalls
{
    private const string Pair = "[\"text\" version]";

    /// <summary>The model, and the translation of calls for it.</summary>
    public static CallMeaning<VersionedState, VersionedCommand, VersionedAnswer> Meaning { get; } = new(["get", "put"], _ => VersionedModel.Instance, Read);

    /// <summary>Returns true for a value with a version, which only a versioned store has.</summary>
    /// <param name="value">The value; null when the entry has none.</param>
    public static bool IsVersioned(EdnValue? value) => value is not null && TextAndVersion(value) is not null;

    private static (VersionedCommand Command, VersionedAnswer Answer)? Read(RecordedCall call, HistoryReading reading)
    {
        string key = StoreKey.Of(call);
        if (call.Function == "put")
        {
            (string text, long version) = TextAndVersion(call.Asked) ?? throw call.BadArgument($"{Pair} to put");
            return (VersionedCommand.Put(key, text, version), call.IsOk ? AnswerToPut(call) : default);
        }

        bool tellsNothing = call is { IsOk: true, Got.Kind: EdnKind.Nil } && reading.NilRead == NilRead.Unknown;
        return tellsNothing ? null : (VersionedCommand.Get(key), call.IsOk ? AnswerToGet(call) : default);
    }

    private static VersionedAnswer AnswerToPut(RecordedCall call)
    {
        const string Expected = ":ok, :no-key, :wrong-version or :maybe";
        return call.Got?.Name switch
        {
            "ok" => new(VersionedOutcome.Ok),
            "no-key" => new(VersionedOutcome.NoKey),
            "wrong-version" => new(VersionedOutcome.WrongVersion),
            "maybe" => new(VersionedOutcome.Maybe),
            null when call.Got is null => throw call.Return!.Problem($"found no :value; expected {Expected}"),
            _ => throw call.BadResult(Expected),
        };
    }

    private static VersionedAnswer AnswerToGet(RecordedCall call)
    {
        const string Expected = $"{Pair} or :no-key";
        EdnValue got = call.Result(Expected);
        return TextAndVersion(got) is { } pair ? new(VersionedOutcome.Ok, pair.Text, pair.Version)
            : got.Name == "no-key" ? new(VersionedOutcome.NoKey)
            : throw call.BadResult(Expected);
    }

    private static (string Text, long Version)? TextAndVersion(EdnValue value) =>
        value.Untagged is { Kind: EdnKind.Sequence, Items: [{ Kind: EdnKind.Text } text, { Kind: EdnKind.Integer } version] }
        && long.TryParse(version.Text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? (text.Text, number) : null;
}
