namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a mutex.</summary>
/// <param name="IsPossible">
/// Whether the command could be carried out. Taking a mutex that is held is impossible, and giving one back that is free: no client reports it as done.
/// </param>
public readonly record struct MutexAnswer(bool IsPossible)
{
    /// <inheritdoc />
    public override string ToString() => IsPossible ? "ok" : "impossible";
}
