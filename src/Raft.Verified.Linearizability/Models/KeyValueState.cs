namespace Raft.Verified.Linearizability.Models;

/// <summary>The state of one key.</summary>
/// <param name="Value">Its value; empty when it has none.</param>
public readonly record struct KeyValueState(string Value)
{
    /// <summary>A value that no answer to come can show, whichever it is; null to every question.</summary>
    internal static KeyValueState Unseen => new(null!);

    /// <inheritdoc />
    public override string ToString() => $"\"{Value}\"";
}
