namespace Raft.Verified.Linearizability.Models;

/// <summary>A read or a write of one register, as a part of a <see cref="MultiRegisterCommand"/>.</summary>
/// <param name="IsWrite">True for a write, false for a read.</param>
/// <param name="Register">The name of the register.</param>
/// <param name="Value">The value to write; nil for a read.</param>
public readonly record struct MultiRegisterStep(bool IsWrite, string Register, DataValue Value)
{
    /// <inheritdoc />
    public override string ToString() => IsWrite ? $"[w {Register} {Value}]" : $"[r {Register}]";
}
