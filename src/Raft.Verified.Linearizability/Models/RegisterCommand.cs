namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a register.</summary>
/// <param name="Kind">The kind of the command.</param>
/// <param name="Value">The value to set; nil for a read.</param>
/// <param name="Expected">The value that a compare-and-set expects; nil for other commands.</param>
public readonly record struct RegisterCommand(RegisterCommandKind Kind, DataValue Value = default, DataValue Expected = default)
{
    /// <summary>Creates a read.</summary>
    public static RegisterCommand Read() => new(RegisterCommandKind.Read);

    /// <summary>Creates a write.</summary>
    /// <param name="value">The value to set.</param>
    public static RegisterCommand Write(DataValue value) => new(RegisterCommandKind.Write, value);

    /// <summary>Creates a compare-and-set.</summary>
    /// <param name="expected">The value that the register must have.</param>
    /// <param name="value">The value to set.</param>
    public static RegisterCommand CompareAndSet(DataValue expected, DataValue value) => new(RegisterCommandKind.CompareAndSet, value, expected);

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        RegisterCommandKind.Read => "read",
        RegisterCommandKind.Write => $"write {Value}",
        _ => $"cas [{Expected} {Value}]",
    };
}
