namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>A command of the rsm tests to their counter, as one byte of the log.</summary>
internal enum CounterCommand : byte
{
    /// <summary>Change nothing.</summary>
    Null,

    /// <summary>Add one and return the sum.</summary>
    Inc,

    /// <summary>The command that must never be carried out.</summary>
    Dec,
}
