namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>The keys of the calls of key/value stores.</summary>
internal static class StoreKey
{
    /// <summary>The key that a call is about.</summary>
    /// <exception cref="HistoryEntryException">The call has none.</exception>
    public static string Of(RecordedCall call) => call.Key ?? throw call.Call.Problem("found no :key; expected a key");
}
