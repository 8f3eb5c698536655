namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// The clock of a process: the world's virtual time at the rate of the process's
/// <see cref="Exploration.Runtime.ProcessClock"/>.
/// </summary>
/// <param name="world">The world whose agenda holds the virtual time and the timers.</param>
/// <param name="process">The process whose clock this is, and on which its timers run.</param>
internal sealed class CoyoteTimeProvider(CoyoteWorld world, CoyoteProcess process) : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Epoch + process.Clock.ToOwnTime(world.Agenda.Now);

    public override long GetTimestamp() => process.Clock.ToOwnTime(world.Agenda.Now).Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        CoyoteTimer timer = new(world, process, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class CoyoteTimer(CoyoteWorld world, CoyoteProcess process, TimerCallback callback, object? state) : ITimer
    {
        private AgendaItem? _pending;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_pending is { } pending)
            {
                world.Agenda.Cancel(pending);
            }

            _pending = dueTime < TimeSpan.Zero ? null : world.Agenda.Add(process.Clock.ToVirtualTime(dueTime), () => process.Run(() => Fire(period)));
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(TimeSpan period)
        {
            Change(period > TimeSpan.Zero ? period : Timeout.InfiniteTimeSpan, period);
            if (process.Clock.DrawLateness?.Invoke() is { } lateness)
            {
                // The callback has been started and can no longer be cancelled.
                world.Agenda.Add(lateness, () => process.Run(() => callback(state)));
            }
            else
            {
                callback(state);
            }
        }
    }
}
