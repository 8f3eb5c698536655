using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>Timers whose callbacks come when the platform likes: late, twice, or early by a tick of its clock.</summary>
public sealed class ServerTimerTests
{
    private readonly ManualTime _time = new();
    private readonly WorkQueue<Input> _inbox = new();
    private readonly ServerTimer _timer;

    public ServerTimerTests() => _timer = new ServerTimer(_time, _inbox, InputKind.ElectionTimeout);

    [Fact]
    public void A_callback_in_time_counts_once()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _time.Advance(300);

        _time.Call();
        _time.Call();

        Assert.Equal([true], Posted());
    }

    [Fact]
    public void A_callback_that_was_queued_before_the_timer_was_set_anew_does_not_count()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _time.Advance(300);
        _timer.Reset(TimeSpan.FromMilliseconds(400));

        _time.Advance(5);
        _time.Call();

        Assert.Empty(Posted());
        Assert.Equal(TimeSpan.FromMilliseconds(395), _time.DueTime);
        _time.Advance(395);
        _time.Call();
        Assert.Equal([true], Posted());
    }

    [Fact]
    public void A_callback_that_runs_after_the_timer_was_stopped_does_not_count()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _time.Advance(301);
        _timer.Stop();

        _time.Call();

        Assert.Empty(Posted());
        Assert.Equal(Timeout.InfiniteTimeSpan, _time.DueTime);
    }

    [Fact]
    public void An_old_callback_that_is_later_than_the_new_setting_counts_for_it_and_only_once()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _time.Advance(300);
        _timer.Reset(TimeSpan.FromMilliseconds(100));

        _time.Advance(100);
        _time.Call();
        _time.Call();

        Assert.Equal([true], Posted());
    }

    [Fact]
    public void A_callback_that_is_early_by_a_tick_of_the_platform_is_not_lost()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _time.Advance(284.4);
        _time.Call();
        Assert.Empty(Posted());

        // Rounded up: the platform's timer would make 15 ms of 15.6.
        Assert.Equal(TimeSpan.FromMilliseconds(16), _time.DueTime);
        _time.Advance(16);
        _time.Call();
        Assert.Equal([true], Posted());
    }

    [Fact]
    public void A_time_out_that_was_posted_before_the_timer_was_set_anew_is_recognised()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _time.Advance(300);
        _time.Call();
        _timer.Reset(TimeSpan.FromMilliseconds(300));

        Assert.Equal([false], Posted());
    }

    [Fact]
    public void A_callback_after_the_end_arms_nothing()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        _timer.Dispose();

        _time.Call();

        Assert.True(_time.IsDisposed);
        Assert.Empty(Posted());
    }

    [Fact]
    public void Setting_a_timer_anew_allocates_nothing()
    {
        _timer.Reset(TimeSpan.FromMilliseconds(300));
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1000; i++)
        {
            _timer.Reset(TimeSpan.FromMilliseconds(300));
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task Timers_of_the_platform_come_in_the_end_and_never_early()
    {
        using ServerTimer timer = new(TimeProvider.System, _inbox, InputKind.HeartbeatTimeout);
        for (int i = 0; i < 20; i++)
        {
            long start = TimeProvider.System.GetTimestamp();
            timer.Reset(TimeSpan.FromMilliseconds(7));
            await _inbox.WaitAsync();

            Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.FromMilliseconds(7), TimeSpan.MaxValue);
            Assert.True(_inbox.TryTakeAll(out List<Input> inputs));
            Assert.True(timer.IsCurrent(Assert.Single(inputs).Number));
        }
    }

    // For each time-out that was posted, whether it counts.
    private bool[] Posted()
    {
        Assert.True(_inbox.TryTakeAll(out List<Input> inputs));
        return [.. inputs.Select(input => _timer.IsCurrent(input.Number))];
    }

    /// <summary>A clock with one timer, whose callback the test calls.</summary>
    private sealed class ManualTime : TimeProvider, ITimer
    {
        private long _now = 12_345;
        private TimerCallback? _callback;
        private object? _state;

        public TimeSpan DueTime { get; private set; }

        public bool IsDisposed { get; private set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (_callback, _state) = (callback, state);
            return this;
        }

        public void Advance(double milliseconds) => _now += (long)(milliseconds * TimeSpan.TicksPerMillisecond);

        public void Call() => _callback!(_state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            DueTime = dueTime;
            return true;
        }

        public void Dispose() => IsDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
