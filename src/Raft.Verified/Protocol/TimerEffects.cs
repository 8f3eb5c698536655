namespace Raft.Verified.Protocol;

/// <summary>What to do with the timers.</summary>
[Flags]
public enum TimerEffects
{
    /// <summary>Leave them as they are.</summary>
    None = 0,

    /// <summary>Start the election timer anew, with a newly drawn time-out.</summary>
    ResetElection = 1,

    /// <summary>Stop the election timer: leaders have none.</summary>
    StopElection = 2,

    /// <summary>Start the heartbeat timer anew.</summary>
    ResetHeartbeat = 4,

    /// <summary>Stop the heartbeat timer: only leaders have one.</summary>
    StopHeartbeat = 8,
}
