using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation;

/// <summary>
/// The process of a copy of a state machine that no server has. Its clock stands still, its randomness is the same each
/// time, and its tasks never run, so that the copy adds neither operations nor decisions to the schedule.
/// </summary>
internal sealed class CopyProcess : ISimulatedProcess
{
    /// <summary>The number of the first server, which every cluster has.</summary>
    public int Actor => 1;

    public TimeProvider Time { get; } = new StoppedClock();

    public Random Random { get; } = new(0);

    public Task Start(string name, Func<Task> body) => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously).Task;

    public void Kill()
    {
    }

    public void Pause()
    {
    }

    public void Resume()
    {
    }

    public void BeforeActing()
    {
    }

    public void AfterSteps(int steps, Action action)
    {
    }

    /// <summary>The clock at the beginning of virtual time, with timers that never expire.</summary>
    private sealed class StoppedClock : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => new(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long GetTimestamp() => 0;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new StoppedTimer();
    }

    /// <summary>A timer that never expires.</summary>
    private sealed class StoppedTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }
}
