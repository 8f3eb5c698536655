namespace Raft.Verified.Linearizability.Files;

/// <summary>The meanings of a failed compare-and-set.</summary>
public enum FailedCompareAndSet
{
    /// <summary>The operation did not take effect, and nothing else is known, as for any other function.</summary>
    NoEffect,

    /// <summary>The operation was executed and found another value than the expected one.</summary>
    Mismatch,
}
