namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a set.</summary>
/// <param name="Elements">The elements read; null for an add.</param>
public readonly record struct SetAnswer(SetState? Elements)
{
    /// <inheritdoc />
    public override string ToString() => Elements is null ? "ok" : $"{Elements}";
}
