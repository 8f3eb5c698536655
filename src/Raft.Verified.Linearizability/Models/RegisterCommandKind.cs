namespace Raft.Verified.Linearizability.Models;

/// <summary>What can be asked of a register.</summary>
public enum RegisterCommandKind
{
    /// <summary>Its value.</summary>
    Read,

    /// <summary>To take a value.</summary>
    Write,

    /// <summary>To take a value if it has another one.</summary>
    CompareAndSet,
}
