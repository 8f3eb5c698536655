namespace Raft.Verified.Linearizability.Models;

/// <summary>The kinds of commands to a register.</summary>
public enum RegisterCommandKind
{
    /// <summary>A command that reads the value.</summary>
    Read,

    /// <summary>A command that sets the value.</summary>
    Write,

    /// <summary>A command that sets the value if the register has an expected value.</summary>
    CompareAndSet,
}
