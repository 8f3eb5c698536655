namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a register.</summary>
/// <param name="Kind">The kind of the command that was answered.</param>
/// <param name="Value">The value read; nil before the first write, and for other commands.</param>
/// <param name="Succeeded">True when the value was set, and for a read; false for a failed compare-and-set.</param>
public readonly record struct RegisterAnswer(RegisterCommandKind Kind, DataValue Value = default, bool Succeeded = true)
{
    /// <inheritdoc />
    public override string ToString() => Kind == RegisterCommandKind.Read ? $"{Value}" : Succeeded ? "ok" : "fail";
}
