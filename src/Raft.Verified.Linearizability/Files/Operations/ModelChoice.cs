using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>The choice of the model by the functions that the clients called.</summary>
internal static class ModelChoice
{
    /// <summary>Returns the name of the model that fits the calls.</summary>
    /// <param name="calls">The calls with their keys.</param>
    /// <exception cref="HistoryEntryException">No model has all these functions.</exception>
    public static string Of(IReadOnlyList<RecordedCall> calls)
    {
        SortedSet<string> functions = new(calls.Select(call => call.Function), StringComparer.Ordinal);
        return functions switch
        {
            _ when functions.IsSubsetOf(["read", "write"]) && calls.Any(HasMap) => "multi-register",
            _ when functions.IsSubsetOf(RegisterCalls.Meaning.Functions) => "register",
            _ when functions.IsSubsetOf(VersionedCalls.Meaning.Functions) && calls.Any(IsVersioned) => "versioned",
            _ when functions.IsSubsetOf(KeyValueCalls.Meaning.Functions) => "kv",
            _ when functions.IsSubsetOf(MutexCalls.Meaning.Functions) => "mutex",
            _ when functions.IsSubsetOf(SetCalls.Meaning.Functions) => "set",
            _ when functions.IsSubsetOf(QueueCalls.Meaning.Functions) => "fifo-queue",
            _ when functions.SetEquals(["txn"]) => "multi-register",
            _ => throw new HistoryEntryException(0, $"no model has the functions :{string.Join(", :", functions)}; expected those of one model, or --model"),
        };
    }

    private static bool HasMap(RecordedCall call) => call.Asked.Untagged.Kind == EdnKind.Map || call.Got?.Untagged.Kind == EdnKind.Map;

    private static bool IsVersioned(RecordedCall call) =>
        VersionedCalls.IsVersioned(call.Asked) || VersionedCalls.IsVersioned(call.Got) || call.Got is { Kind: EdnKind.Keyword };
}
