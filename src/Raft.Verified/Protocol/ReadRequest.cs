namespace Raft.Verified.Protocol;

/// <summary>One or more reads on their way through a leader, which share one round (thesis, section 6.4). Told apart by reference.</summary>
public sealed class ReadRequest
{
    /// <summary>The entry that the state machine must have applied before it is read. 0 until the leader has taken the request.</summary>
    public LogIndex Index { get; internal set; }

    /// <summary>The round that must be confirmed; that of the first requests sent after the reads came.</summary>
    public ReadRound Round { get; internal set; }

    /// <summary>Whether the core has let go of the request because the state machine may serve it.</summary>
    public bool IsReady { get; internal set; }

    /// <inheritdoc />
    public override string ToString() => $"read of {Index} round {Round}";
}
