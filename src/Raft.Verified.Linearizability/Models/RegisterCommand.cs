namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to a register.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Value">The value to take; nothing to a read.</param>
/// <param name="Expected">The value that a compare-and-set demands; nothing to the others.</param>
public readonly record struct RegisterCommand(RegisterCommandKind Kind, DataValue Value = default, DataValue Expected = default)
{
    /// <summary>A read.</summary>
    public static RegisterCommand Read() => new(RegisterCommandKind.Read);

    /// <summary>A write.</summary>
    public static RegisterCommand Write(DataValue value) => new(RegisterCommandKind.Write, value);

    /// <summary>A compare-and-set.</summary>
    public static RegisterCommand CompareAndSet(DataValue expected, DataValue value) => new(RegisterCommandKind.CompareAndSet, value, expected);

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        RegisterCommandKind.Read => "read",
        RegisterCommandKind.Write => $"write {Value}",
        _ => $"cas [{Expected} {Value}]",
    };
}
