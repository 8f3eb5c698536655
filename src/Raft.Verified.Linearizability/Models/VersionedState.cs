namespace Raft.Verified.Linearizability.Models;

/// <summary>The state of one key.</summary>
/// <param name="Value">Its value; empty when it does not exist.</param>
/// <param name="Version">How often it was put; 0 when it does not exist.</param>
public readonly record struct VersionedState(string Value, long Version)
{
    /// <inheritdoc />
    public override string ToString() => Version == 0 ? "no key" : $"\"{Value}\" version {Version}";
}
