namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a mutex.</summary>
/// <param name="IsPossible">
/// True when the command was possible. Acquiring a held mutex and releasing a free one are impossible, so no client
/// reports them as done.
/// </param>
public readonly record struct MutexAnswer(bool IsPossible)
{
    /// <inheritdoc />
    public override string ToString() => IsPossible ? "ok" : "impossible";
}
