namespace Raft.Verified.Linearizability.Models;

/// <summary>The state of one key in a key/value store.</summary>
/// <param name="Value">The value of the key; empty when it has none.</param>
public readonly record struct KeyValueState(string Value)
{
    /// <summary>The state that represents all values that no later answer can show. Its value is null.</summary>
    internal static KeyValueState Unseen => new(null!);

    /// <inheritdoc />
    public override string ToString() => $"\"{Value}\"";
}
