namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a set.</summary>
/// <param name="IsAdd">Whether an element is added; otherwise all elements are read.</param>
/// <param name="Element">The element to add; nil to a read.</param>
public readonly record struct SetCommand(bool IsAdd, DataValue Element)
{
    /// <summary>Adds an element, which may be there already.</summary>
    public static SetCommand Add(DataValue element) => new(true, element);

    /// <summary>Reads all elements.</summary>
    public static SetCommand Read() => new(false, DataValue.Nil);

    /// <inheritdoc />
    public override string ToString() => IsAdd ? $"add {Element}" : "read";
}
