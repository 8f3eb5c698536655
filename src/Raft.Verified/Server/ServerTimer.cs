namespace Raft.Verified.Server;

/// <summary>
/// A one-shot timer that posts an input to the server's inbox. An input that was posted before the timer was restarted
/// is recognised by its number and ignored. A callback that was already queued at the restart is recognised by the
/// clock.
/// </summary>
/// <remarks>
/// A callback does not name the setting it belongs to. It may have been queued before a restart of the timer and run
/// after it. So the timer records when it was set, and a callback counts only when the time of the present setting has
/// passed. An earlier callback belongs to an older setting, or the platform's timer fired early by a tick of its
/// coarser clock. The two cases look the same, so the timer is armed again for the remaining time. A separate timer per
/// setting would distinguish them, but the election timer is restarted by every append that arrives.
/// </remarks>
internal sealed class ServerTimer : IDisposable
{
    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly WorkQueue<Input> _inbox;
    private readonly InputKind _kind;
    private readonly ITimer _timer;
    private long _setting;
    private long _setAt;
    private TimeSpan _dueTime = Timeout.InfiniteTimeSpan;

    public ServerTimer(TimeProvider time, WorkQueue<Input> inbox, InputKind kind)
    {
        _time = time;
        _inbox = inbox;
        _kind = kind;
        _timer = time.CreateTimer(static state => ((ServerTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Reset(TimeSpan dueTime)
    {
        // The timer is changed under the lock: an older callback that arms it for the rest of its time must not overtake a newer setting.
        lock (_gate)
        {
            _setting++;
            _setAt = _time.GetTimestamp();
            _dueTime = dueTime;
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stop() => Reset(Timeout.InfiniteTimeSpan);

    public bool IsCurrent(long setting)
    {
        lock (_gate)
        {
            return setting == _setting;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _dueTime = Timeout.InfiniteTimeSpan;
        }

        _timer.Dispose();
    }

    public override string ToString() => _kind == InputKind.ElectionTimeout ? "election timer" : "heartbeat timer";

    private void Fire()
    {
        long setting;
        lock (_gate)
        {
            // The timer was stopped, or this setting has had its callback.
            if (_dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            TimeSpan left = _dueTime - _time.GetElapsedTime(_setAt);
            if (left > TimeSpan.Zero)
            {
                // The platform's timer counts whole milliseconds. Rounded down, it would fire early again.
                _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
                return;
            }

            _dueTime = Timeout.InfiniteTimeSpan;
            setting = _setting;
        }

        _inbox.Add(new Input(_kind, Number: setting));
    }
}
