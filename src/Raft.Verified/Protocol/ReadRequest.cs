namespace Raft.Verified.Protocol;

/// <summary>
/// One or more pending reads at a leader that share one round (thesis, section 6.4). Requests are compared by
/// reference.
/// </summary>
public sealed class ReadRequest
{
    /// <summary>The entry that the state machine must have applied before it is read. 0 until the leader has taken the request.</summary>
    public LogIndex Index { get; internal set; }

    /// <summary>
    /// The round that must be confirmed, which is the round of the first requests sent after the reads arrived.
    /// </summary>
    public ReadRound Round { get; internal set; }

    /// <summary>True when the core has released the request because the state machine may serve it.</summary>
    public bool IsReady { get; internal set; }

    /// <inheritdoc />
    public override string ToString() => $"read of {Index} round {Round}";
}
