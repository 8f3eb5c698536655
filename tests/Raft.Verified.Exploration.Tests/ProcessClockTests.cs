using Raft.Verified.Exploration.Runtime;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>Clocks that run fast or slow, and timers whose callbacks are late.</summary>
public sealed class ProcessClockTests
{
    [Theory]
    [InlineData(1250, 80)]
    [InlineData(1000, 100)]
    [InlineData(800, 125)]
    public void Timers_and_timestamps_follow_the_rate_of_the_clock(int rate, int virtualMilliseconds)
    {
        TimeSpan shown = default;
        ControlledRuntime runtime = World.Run(timed: true, program: async runtime =>
        {
            ISimulatedProcess process = runtime.CreateProcess(1, "S1", new ProcessClock { Rate = rate });
            DateTimeOffset before = process.Time.GetUtcNow();
            long start = process.Time.GetTimestamp();
            await World.Delay(process, 100);
            shown = process.Time.GetElapsedTime(start);
            Assert.Equal(shown, process.Time.GetUtcNow() - before);
        });

        Assert.Null(runtime.FailedProperty);
        Assert.Equal(TimeSpan.FromMilliseconds(virtualMilliseconds), runtime.Now);
        Assert.Equal(TimeSpan.FromMilliseconds(100), shown);
    }

    [Fact]
    public void On_its_own_clock_no_timer_runs_out_early()
    {
        foreach (int rate in (int[])[1, 333, 799, 999, 1000, 1001, 1249, 3000])
        {
            ProcessClock clock = new() { Rate = rate };
            for (long begin = 0; begin < 50; begin++)
            {
                for (long due = 0; due < 50; due++)
                {
                    TimeSpan end = new TimeSpan(begin) + clock.ToVirtualTime(new TimeSpan(due));
                    Assert.True(clock.ToOwnTime(end) - clock.ToOwnTime(new TimeSpan(begin)) >= new TimeSpan(due), $"rate {rate}, from {begin}, due after {due}");
                }
            }
        }
    }

    [Fact]
    public void A_clock_that_stands_still_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ProcessClock { Rate = 0 });

    [Theory]
    [InlineData(true, "stopped at 15 ms, called at 30 ms")]
    [InlineData(false, "called at 10 ms")]
    public void A_late_callback_runs_although_its_timer_was_stopped_meanwhile(bool isLate, string expected)
    {
        List<string> happened = [];
        ControlledRuntime runtime = World.Run(timed: true, program: async runtime =>
        {
            TimeSpan? lateness = isLate ? TimeSpan.FromMilliseconds(20) : null;
            ISimulatedProcess process = runtime.CreateProcess(1, "S1", new ProcessClock { DrawLateness = () => lateness });
            ISimulatedProcess other = runtime.CreateProcess(2, "S2");
            ITimer timer = process.Time.CreateTimer(
                _ => happened.Add($"called at {runtime.Now.TotalMilliseconds} ms"), null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
            await World.Delay(other, 15);
            timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (happened.Count == 0)
            {
                happened.Add($"stopped at {runtime.Now.TotalMilliseconds} ms");
            }

            await World.Delay(other, 100);
        });

        Assert.Null(runtime.FailedProperty);
        Assert.Equal(expected, string.Join(", ", happened));
    }

    [Fact]
    public void A_late_callback_dies_with_its_process()
    {
        bool wasCalled = false;
        World.Run(timed: true, program: async runtime =>
        {
            ISimulatedProcess process = runtime.CreateProcess(1, "S1", new ProcessClock { DrawLateness = static () => TimeSpan.FromMilliseconds(20) });
            ISimulatedProcess other = runtime.CreateProcess(2, "S2");
            process.Time.CreateTimer(_ => wasCalled = true, null, TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan);
            await World.Delay(other, 15);
            process.Kill();
            await World.Delay(other, 100);
        });

        Assert.False(wasCalled);
    }

    [Fact]
    public void Late_callbacks_make_the_same_schedule_each_time()
    {
        ulong[] hashes = [.. Enumerable.Range(0, 2).Select(_ => World.Run(seed: 7, program: static async runtime =>
        {
            ISimulatedProcess process = runtime.CreateProcess(1, "S1", new ProcessClock
            {
                DrawLateness = () => runtime.Happens(0.5, "late") ? TimeSpan.FromMilliseconds(runtime.Choose(20, "ms")) : null,
            });
            for (int i = 0; i < 10; i++)
            {
                await World.Delay(process, 5);
            }
        }).EventHash)];

        Assert.Equal(hashes[0], hashes[1]);
    }
}
