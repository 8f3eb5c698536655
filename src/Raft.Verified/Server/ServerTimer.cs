namespace Raft.Verified.Server;

/// <summary>
/// A one-shot timer that posts an input to the server's inbox. An input that was already posted when the timer was set anew is recognised
/// by its number and ignored.
/// </summary>
internal sealed class ServerTimer : IDisposable
{
    private readonly object _gate = new();
    private readonly WorkQueue<Input> _inbox;
    private readonly InputKind _kind;
    private readonly ITimer _timer;
    private long _setting;

    public ServerTimer(TimeProvider time, WorkQueue<Input> inbox, InputKind kind)
    {
        _inbox = inbox;
        _kind = kind;
        _timer = time.CreateTimer(static state => ((ServerTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Reset(TimeSpan dueTime)
    {
        lock (_gate)
        {
            _setting++;
        }

        _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public void Stop() => Reset(Timeout.InfiniteTimeSpan);

    public bool IsCurrent(long setting)
    {
        lock (_gate)
        {
            return setting == _setting;
        }
    }

    public void Dispose() => _timer.Dispose();

    public override string ToString() => _kind == InputKind.ElectionTimeout ? "election timer" : "heartbeat timer";

    private void Fire()
    {
        long setting;
        lock (_gate)
        {
            setting = _setting;
        }

        _inbox.Add(new Input(_kind, Number: setting));
    }
}
