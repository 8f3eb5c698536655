namespace Raft.Verified.Linearizability.Files;

/// <summary>The options for reading a history: choices that the file itself does not determine.</summary>
public sealed record HistoryReading
{
    /// <summary>
    /// The name of the model, one of <see cref="RecordedHistory.AllNames"/>; null to derive it from the operations.
    /// </summary>
    public string? Model { get; init; }

    /// <summary>
    /// The initial value of every register, or the initial map from names to values of a multi-register, in EDN.
    /// Null means nil, or no values.
    /// </summary>
    public string? Initial { get; init; }

    /// <summary>The meaning of a failed compare-and-set.</summary>
    public FailedCompareAndSet FailedCompareAndSet { get; init; }

    /// <summary>The meaning of a read with the result nil.</summary>
    public NilRead NilRead { get; init; }
}
