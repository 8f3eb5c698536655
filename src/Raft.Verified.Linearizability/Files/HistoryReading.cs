namespace Raft.Verified.Linearizability.Files;

/// <summary>The choices that histories leave to their readers.</summary>
public sealed record HistoryReading
{
    /// <summary>One of <see cref="RecordedHistory.Models"/>, or one of their other names; null when the operations tell.</summary>
    public string? Model { get; init; }

    /// <summary>
    /// The value before the first operation, in EDN: of every register, or a map of names to values for a multi-register. Null stands for nil, and for
    /// no values.
    /// </summary>
    public string? Initial { get; init; }

    /// <summary>The meaning of the failure of a compare-and-set.</summary>
    public FailedCompareAndSet FailedCompareAndSet { get; init; }

    /// <summary>The meaning of a read with the result nil.</summary>
    public NilRead NilRead { get; init; }
}
