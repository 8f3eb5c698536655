namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to one of many objects of the same kind.</summary>
/// <param name="Key">The object's key; empty when there is only one.</param>
/// <param name="Command">The command to that object.</param>
public readonly record struct Keyed<TCommand>(string Key, TCommand Command)
{
    /// <inheritdoc />
    public override string ToString() => $"{Command}";
}
