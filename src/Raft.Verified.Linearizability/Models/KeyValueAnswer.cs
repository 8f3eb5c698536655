namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a key/value store.</summary>
/// <param name="Value">The value read by a get; null for a put or an append.</param>
public readonly record struct KeyValueAnswer(string? Value)
{
    /// <inheritdoc />
    public override string ToString() => Value is null ? "ok" : $"\"{Value}\"";
}
