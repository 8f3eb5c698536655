using System.Text.Json.Serialization;

namespace Raft.Verified.Scenarios.Machines;

/// <summary>The whole state of the ledger.</summary>
internal sealed class LedgerState
{
    /// <summary>The balances of all accounts that are not empty.</summary>
    [JsonObjectCreationHandling(JsonObjectCreationHandling.Populate)]
    public SortedDictionary<string, long> Balances { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of commands that were accepted.</summary>
    public long Accepted { get; set; }
}
