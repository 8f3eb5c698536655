namespace Raft.Verified.Specifications.Linearizability;

/// <summary>How far a check goes before it gives up.</summary>
public sealed record CheckOptions
{
    /// <summary>What <see cref="HistoryOperation{TCommand, TAnswer}.Call"/> counts, for the account: "event", "line", "ms".</summary>
    public string Position { get; init; } = "event";

    /// <summary>How many configurations to remember for each part of the history; beyond that the part is undecided. At least 1. Default: no bound.</summary>
    public int MaxConfigurations { get; init; } = int.MaxValue;

    /// <summary>How many bytes all configurations that are remembered may take; beyond that a part is undecided. Default: no bound.</summary>
    public long MaxBytes { get; init; } = long.MaxValue;

    /// <summary>How many parts are searched side by side; at least 1. The report is the same for any number, unless <see cref="MaxBytes"/> is reached.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Ends the check early.</summary>
    public CancellationToken Stop { get; init; }
}
