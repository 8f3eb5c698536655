namespace Raft.Verified.Linearizability.Models;

/// <summary>A register's answer.</summary>
/// <param name="Kind">To what.</param>
/// <param name="Value">The value read; nil when there was none yet, and to other commands.</param>
/// <param name="Succeeded">Whether the register took the value; true to a read.</param>
public readonly record struct RegisterAnswer(RegisterCommandKind Kind, DataValue Value = default, bool Succeeded = true)
{
    /// <inheritdoc />
    public override string ToString() => Kind == RegisterCommandKind.Read ? $"{Value}" : Succeeded ? "ok" : "fail";
}
