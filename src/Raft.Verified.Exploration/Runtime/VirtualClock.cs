namespace Raft.Verified.Exploration.Runtime;

/// <summary>The clock of one process: virtual time, at the rate of the process's <see cref="ProcessClock"/>.</summary>
internal sealed class VirtualClock(ControlledRuntime runtime, SimulatedProcess process) : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Epoch + process.Clock.ToOwnTime(runtime.Now);

    public override long GetTimestamp() => process.Clock.ToOwnTime(runtime.Now).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(runtime, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}
