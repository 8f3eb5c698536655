using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The server's two timers, which post their timeouts to the core's inbox.</summary>
internal sealed class ServerTimers(RaftOptions options, RaftEnvironment environment, WorkQueue<Input> inbox) : IDisposable
{
    private readonly ServerTimer _electionTimer = new(environment.Time, inbox, InputKind.ElectionTimeout);
    private readonly ServerTimer _heartbeatTimer = new(environment.Time, inbox, InputKind.HeartbeatTimeout);

    /// <summary>Returns true when an election timeout belongs to the timer's present setting.</summary>
    public bool IsCurrentElection(long setting) => _electionTimer.IsCurrent(setting);

    /// <summary>Returns true when a heartbeat timeout belongs to the timer's present setting.</summary>
    public bool IsCurrentHeartbeat(long setting) => _heartbeatTimer.IsCurrent(setting);

    /// <summary>Restarts and stops the timers that the core asks for.</summary>
    public void Set(TimerEffects timers)
    {
        if (timers.HasFlag(TimerEffects.StopElection))
        {
            _electionTimer.Stop();
        }
        else if (timers.HasFlag(TimerEffects.ResetElection))
        {
            _electionTimer.Reset(DrawElectionTimeout());
        }

        if (timers.HasFlag(TimerEffects.StopHeartbeat))
        {
            _heartbeatTimer.Stop();
        }
        else if (timers.HasFlag(TimerEffects.ResetHeartbeat))
        {
            _heartbeatTimer.Reset(options.HeartbeatInterval);
        }
    }

    public void Dispose()
    {
        _electionTimer.Dispose();
        _heartbeatTimer.Dispose();
    }

    // Section 5.2: randomised, so that split votes are rare and resolve themselves. In whole milliseconds, which is all a timer knows.
    private TimeSpan DrawElectionTimeout()
    {
        int min = (int)options.ElectionTimeoutMin.TotalMilliseconds;
        int max = (int)options.ElectionTimeoutMax.TotalMilliseconds;
        return TimeSpan.FromMilliseconds(min + environment.Random.Next(max - min + 1));
    }
}
