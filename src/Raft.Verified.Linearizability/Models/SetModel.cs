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

/// <summary>An answer of a set.</summary>
/// <param name="Elements">The elements read; null to an add.</param>
public readonly record struct SetAnswer(SetState? Elements)
{
    /// <inheritdoc />
    public override string ToString() => Elements is null ? "ok" : $"{Elements}";
}

/// <summary>A set that only grows, without elements at first.</summary>
public static class SetModel
{
    /// <summary>The model.</summary>
    public static SequentialModel<SetState, SetCommand, SetAnswer> Instance { get; } = new()
    {
        Name = "set",
        Initial = SetState.Empty,
        IsReadOnly = command => !command.IsAdd,
        Step = (state, command) => command.IsAdd ? (state.Add(command.Element), new SetAnswer(null)) : (state, new SetAnswer(state)),
    };
}
