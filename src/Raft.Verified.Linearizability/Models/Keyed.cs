namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to one of many objects of the same kind.</summary>
/// <param name="Key">The key of the object; empty when there is only one object.</param>
/// <param name="Command">The command to the object.</param>
public readonly record struct Keyed<TCommand>(string Key, TCommand Command)
{
    /// <inheritdoc />
    public override string ToString() => $"{Command}";
}
