namespace Raft.Verified.Protocol;

/// <summary>The timers to restart or stop, as flags.</summary>
[Flags]
public enum TimerEffects
{
    /// <summary>Leave the timers as they are.</summary>
    None = 0,

    /// <summary>Restart the election timer with a newly drawn timeout.</summary>
    ResetElection = 1,

    /// <summary>Stop the election timer, because a leader has none.</summary>
    StopElection = 2,

    /// <summary>Restart the heartbeat timer.</summary>
    ResetHeartbeat = 4,

    /// <summary>Stop the heartbeat timer, because only a leader has one.</summary>
    StopHeartbeat = 8,
}
