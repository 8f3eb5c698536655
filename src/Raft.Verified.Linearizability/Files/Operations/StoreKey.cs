namespace Raft.Verified.Linearizability.Files.Operations;

/// <summary>The keys of the calls of key/value stores.</summary>
internal static class StoreKey
{
    /// <summary>Returns the key of a call.</summary>
    /// <param name="call">The call to a key/value store.</param>
    /// <exception cref="HistoryEntryException">The call has no key.</exception>
    public static string Of(RecordedCall call) => call.Key ?? throw call.Call.Problem("found no :key; expected a key");
}
