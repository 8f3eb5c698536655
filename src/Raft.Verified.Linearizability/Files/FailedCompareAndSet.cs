namespace Raft.Verified.Linearizability.Files;

/// <summary>The meanings that the failure of a compare-and-set can have.</summary>
public enum FailedCompareAndSet
{
    /// <summary>The operation did not take place, and nothing else is known, as with any other function.</summary>
    NoEffect,

    /// <summary>The operation took place, and found another value than the expected one.</summary>
    Mismatch,
}
