namespace Raft.Verified.Linearizability.Models;

/// <summary>The state of a register.</summary>
/// <param name="Value">The value; nil before the first write, unless the model has another initial value.</param>
public readonly record struct RegisterState(DataValue Value)
{
    /// <inheritdoc />
    public override string ToString() => $"{Value}";
}
