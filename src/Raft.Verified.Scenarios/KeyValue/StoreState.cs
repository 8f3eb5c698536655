namespace Raft.Verified.Scenarios.KeyValue;

/// <summary>The state of one key.</summary>
/// <param name="Value">The key's value; empty when the key does not exist.</param>
/// <param name="Version">The number of writes to the key; 0 when the key does not exist.</param>
public readonly record struct StoreState(string Value, long Version)
{
    /// <inheritdoc />
    public override string ToString() => Version == 0 ? "no key" : $"\"{Value}\" version {Version}";
}
