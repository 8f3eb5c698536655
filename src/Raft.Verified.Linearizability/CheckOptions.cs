namespace Raft.Verified.Linearizability;

/// <summary>The bounds of a check, beyond which it gives up.</summary>
public sealed record CheckOptions
{
    /// <summary>The unit that <see cref="HistoryOperation{TCommand, TAnswer}.Call"/> counts, for the account: "event", "line", "ms".</summary>
    public string Position { get; init; } = "event";

    /// <summary>The most configurations to remember for each part of the history; beyond them the part is undecided. At least 1. Default: no bound.</summary>
    public int MaxConfigurations { get; init; } = int.MaxValue;

    /// <summary>The most bytes that all remembered configurations may take; beyond them a part is undecided. Default: no bound.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>The number of parts that are searched side by side; at least 1. The report is the same for any number, unless <see cref="MaxBytes"/> is reached.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Ends the check early.</summary>
    public CancellationToken Stop { get; init; }
}
