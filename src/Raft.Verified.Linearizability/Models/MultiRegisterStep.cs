namespace Raft.Verified.Linearizability.Models;

/// <summary>A read or a write of one register, a part of a <see cref="MultiRegisterCommand"/>.</summary>
/// <param name="IsWrite">Whether the register is written; otherwise it is read.</param>
/// <param name="Register">The register's name.</param>
/// <param name="Value">The value to write; nil to a read.</param>
public readonly record struct MultiRegisterStep(bool IsWrite, string Register, DataValue Value)
{
    /// <inheritdoc />
    public override string ToString() => IsWrite ? $"[w {Register} {Value}]" : $"[r {Register}]";
}
