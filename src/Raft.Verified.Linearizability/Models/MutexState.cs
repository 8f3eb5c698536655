namespace Raft.Verified.Linearizability.Models;

/// <summary>The state of a mutex.</summary>
/// <param name="IsHeld">True when a client holds the mutex.</param>
public readonly record struct MutexState(bool IsHeld)
{
    /// <inheritdoc />
    public override string ToString() => IsHeld ? "held" : "free";
}
