namespace Raft.Verified.Linearizability;

/// <summary>The options and bounds of a check. A check that exceeds a bound gives up.</summary>
public sealed record CheckOptions
{
    /// <summary>
    /// The unit of <see cref="HistoryOperation{TCommand, TAnswer}.Call"/> in the report, in the singular: "event",
    /// "line", "ms".
    /// </summary>
    public string Position { get; init; } = "event";

    /// <summary>
    /// The maximum number of configurations to remember per part of the history; at least 1. A part that needs more is
    /// undecided. Default: no bound.
    /// </summary>
    public int MaxConfigurations { get; init; } = int.MaxValue;

    /// <summary>
    /// The maximum memory for all remembered configurations, in bytes. A part that needs more is undecided. Default: no
    /// bound.
    /// </summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>
    /// The number of parts that are searched in parallel; at least 1. The report does not depend on it, unless
    /// <see cref="MaxBytes"/> is reached.
    /// </summary>
    public int Workers { get; init; } = 1;

    /// <summary>The token that ends the check early, by an exception.</summary>
    public CancellationToken Stop { get; init; }
}
