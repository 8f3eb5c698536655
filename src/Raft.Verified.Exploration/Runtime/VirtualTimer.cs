namespace Raft.Verified.Exploration.Runtime;

/// <summary>A timer of virtual time. It fires when the engine chooses it; its callback is one step.</summary>
internal sealed class VirtualTimer(ControlledRuntime runtime, SimulatedProcess process, TimerCallback callback, object? state) : ITimer
{
    private long _period;

    /// <summary>The set in which the timer is pending; null when it is not pending.</summary>
    public OperationSet? Set { get; set; }

    /// <summary>The position of the timer in <see cref="Set"/>.</summary>
    public int Slot { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (!runtime.CheckThread(this))
        {
            return false;
        }

        Set?.RemoveAt(Slot);
        process.Unpark(this);
        _period = period > TimeSpan.Zero ? process.Clock.ToVirtualTime(period).Ticks : 0;
        if (dueTime >= TimeSpan.Zero)
        {
            runtime.AddTimer(this, process, process.Clock.ToVirtualTime(dueTime).Ticks);
        }

        return true;
    }

    public void Fire()
    {
        if (_period > 0)
        {
            runtime.AddTimer(this, process, _period);
        }

        if (process.Clock.DrawLateness?.Invoke() is { } lateness)
        {
            runtime.Post(new LateCallback(process, this), lateness, process);
        }
        else
        {
            Call();
        }
    }

    /// <summary>Runs the callback.</summary>
    public void Call() => callback(state);

    public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public override string ToString() => state?.ToString() ?? "timer";
}
