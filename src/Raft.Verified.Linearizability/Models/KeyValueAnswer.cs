namespace Raft.Verified.Linearizability.Models;

/// <summary>A key/value store's answer.</summary>
/// <param name="Value">The value got; null to a put and an append.</param>
public readonly record struct KeyValueAnswer(string? Value)
{
    /// <inheritdoc />
    public override string ToString() => Value is null ? "ok" : $"\"{Value}\"";
}
