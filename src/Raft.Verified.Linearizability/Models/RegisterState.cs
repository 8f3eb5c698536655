namespace Raft.Verified.Linearizability.Models;

/// <summary>A register's state.</summary>
/// <param name="Value">Its value; nil before the first write.</param>
public readonly record struct RegisterState(DataValue Value)
{
    /// <inheritdoc />
    public override string ToString() => $"{Value}";
}
