namespace Raft.Verified.Linearizability.Models;

/// <summary>The state of one key in a versioned key/value store.</summary>
/// <param name="Value">The value of the key; empty when the key does not exist.</param>
/// <param name="Version">The number of successful puts to the key; 0 when the key does not exist.</param>
public readonly record struct VersionedState(string Value, long Version)
{
    /// <inheritdoc />
    public override string ToString() => Version == 0 ? "no key" : $"\"{Value}\" version {Version}";
}
