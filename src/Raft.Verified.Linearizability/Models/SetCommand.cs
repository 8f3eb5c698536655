namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a set.</summary>
/// <param name="IsAdd">True to add an element, false to read all elements.</param>
/// <param name="Element">The element to add; nil for a read.</param>
public readonly record struct SetCommand(bool IsAdd, DataValue Element)
{
    /// <summary>Creates the command that adds an element. The set may contain it already.</summary>
    /// <param name="element">The element to add.</param>
    public static SetCommand Add(DataValue element) => new(true, element);

    /// <summary>Creates the command that reads all elements.</summary>
    public static SetCommand Read() => new(false, DataValue.Nil);

    /// <inheritdoc />
    public override string ToString() => IsAdd ? $"add {Element}" : "read";
}
