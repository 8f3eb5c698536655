using Raft.Verified.Exploration.Runtime;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

public sealed class ControlledRuntimeTests
{
    [Fact]
    public void A_program_that_awaits_what_never_comes_is_a_deadlock()
    {
        ControlledRuntime runtime = World.Run(static _ => new TaskCompletionSource().Task);

        Assert.Equal(RuntimeFindings.Deadlock, runtime.FailedProperty);
    }

    [Fact]
    public void A_real_delay_is_an_await_that_leaves_the_controlled_world_and_is_named()
    {
        ControlledRuntime runtime = World.Run(static _ => AwaitsARealDelay());

        Assert.Equal(RuntimeFindings.UncontrolledAwait, runtime.FailedProperty);
        Assert.Contains(nameof(AwaitsARealDelay), runtime.FailureMessage);
    }

    [Fact]
    public void A_task_on_the_thread_pool_is_an_await_that_leaves_the_controlled_world()
    {
        ControlledRuntime runtime = World.Run(static async _ => await Task.Run(static () => Task.Delay(100)));

        Assert.Equal(RuntimeFindings.UncontrolledAwait, runtime.FailedProperty);
    }

    [Fact]
    public void A_program_that_goes_on_for_ever_reaches_the_bound_also_when_it_is_fair()
    {
        ControlledRuntime runtime = World.Run(static async runtime =>
        {
            ISimulatedProcess process = runtime.CreateProcess(1, "S1");
            while (true)
            {
                await World.Delay(process, 1);
            }
        });

        Assert.Equal(RuntimeFindings.UnboundedSchedule, runtime.FailedProperty);
    }

    [Fact]
    public void A_program_that_goes_on_for_ever_without_any_time_passing_is_told_by_that()
    {
        ControlledRuntime runtime = World.Run(static async runtime =>
        {
            while (true)
            {
                await Task.Yield();
            }
        }, bounds: new ScheduleBounds(1, 2 * ScheduleBounds.MaxStepsInAnInstant));

        Assert.Equal(RuntimeFindings.UnboundedSchedule, runtime.FailedProperty);
        Assert.Equal("time stands still: 500000 fair steps in one instant", runtime.FailureMessage);
    }

    [Fact]
    public void An_exception_that_nobody_handles_is_a_finding_that_names_the_task()
    {
        ControlledRuntime runtime = World.Run(static runtime =>
            runtime.CreateProcess(2, "S2").Start("worker", static () => throw new InvalidOperationException("broken")));

        Assert.Equal("NoFault", runtime.FailedProperty);
        Assert.Contains("S2: worker failed: InvalidOperationException: broken", runtime.FailureMessage);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("swarm")]
    [InlineData("pct")]
    [InlineData("pos")]
    [InlineData("delay")]
    public void Untimed_schedules_fire_timers_in_any_order_and_timed_ones_by_their_delays(string strategy)
    {
        HashSet<string> untimed = [];
        HashSet<string> timed = [];
        for (ulong seed = 1; seed <= 100; seed++)
        {
            untimed.Add(OrderOfTimers(strategy, seed, timed: false));
            timed.Add(OrderOfTimers(strategy, seed, timed: true));
        }

        Assert.Equal(["long,short", "short,long"], untimed.Order());
        Assert.Equal(["short,long"], timed);
    }

    [Fact]
    public void Timed_schedules_explore_the_order_of_what_is_due_together()
    {
        HashSet<string> orders = [];
        for (ulong seed = 1; seed <= 50; seed++)
        {
            orders.Add(OrderOfTimers("random", seed, timed: true, shortDelay: 7, longDelay: 7));
        }

        Assert.Equal(2, orders.Count);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("swarm")]
    [InlineData("pct")]
    [InlineData("pos")]
    [InlineData("delay")]
    public void A_lost_update_is_found_by_every_strategy(string strategy)
    {
        int found = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            found += World.Run(LosesAnUpdate, strategy, seed).FailedProperty == "Counter" ? 1 : 0;
        }

        Assert.InRange(found, 1, 99);
    }

    [Fact]
    public void The_same_seed_gives_the_same_decisions_and_another_seed_others()
    {
        ControlledRuntime first = World.Run(LosesAnUpdate, "swarm", seed: 7);
        ControlledRuntime again = World.Run(LosesAnUpdate, "swarm", seed: 7);

        Assert.Equal(first.Decisions, again.Decisions);
        Assert.Equal(first.EventHash, again.EventHash);
        Assert.Contains(Enumerable.Range(8, 20), seed => World.Run(LosesAnUpdate, "swarm", seed: (ulong)seed).EventHash != first.EventHash);
    }

    [Fact]
    public void Nothing_of_a_killed_process_runs_any_more()
    {
        int steps = 0;
        ControlledRuntime runtime = World.Run(async runtime =>
        {
            ISimulatedProcess victim = runtime.CreateProcess(1, "S1");
            ISimulatedProcess other = runtime.CreateProcess(2, "S2");
            _ = victim.Start("counter", async () =>
            {
                while (true)
                {
                    steps++;
                    await World.Delay(victim, 1);
                }
            });
            await World.Delay(other, 10);
            victim.Kill();
            int before = steps;
            await World.Delay(other, 10);
            Assert.Equal(before, steps);
        }, timed: true);

        Assert.Null(runtime.FailedProperty);
        Assert.InRange(steps, 9, 11);
    }

    [Fact]
    public void A_paused_process_goes_on_where_it_stopped()
    {
        List<int> ticks = [];
        ControlledRuntime runtime = World.Run(async runtime =>
        {
            ISimulatedProcess sleeper = runtime.CreateProcess(1, "S1");
            ISimulatedProcess other = runtime.CreateProcess(2, "S2");
            _ = sleeper.Start("ticker", async () =>
            {
                while (ticks.Count < 4)
                {
                    ticks.Add((int)runtime.Now.TotalMilliseconds);
                    await World.Delay(sleeper, 10);
                }
            });
            await World.Delay(other, 15);
            sleeper.Pause();
            await World.Delay(other, 100);
            sleeper.Resume();
            await World.Delay(other, 50);
        }, timed: true);

        Assert.Null(runtime.FailedProperty);
        Assert.Equal([0, 10, 115, 125], ticks);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_process_can_be_stopped_between_any_two_of_its_steps(int steps)
    {
        int done = 0;
        World.Run(async runtime =>
        {
            ISimulatedProcess victim = runtime.CreateProcess(1, "S1");
            victim.AfterSteps(steps, victim.Kill);
            _ = victim.Start("worker", async () =>
            {
                for (int i = 0; i < 10; i++)
                {
                    done++;
                    TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);
                    next.SetResult();
                    await Hop(victim);
                }
            });
            await World.Delay(runtime.CreateProcess(2, "S2"), 100);
        }, timed: true);

        Assert.Equal((steps + 1) / 2, done);

        // A timer's callback is one step, the continuation behind it the next.
        static Task Hop(ISimulatedProcess process) => World.Delay(process, 1);
    }

    [Fact]
    public void The_first_of_several_tasks_ends_the_wait_inside_the_controlled_world()
    {
        ControlledRuntime runtime = World.Run(async runtime =>
        {
            ISimulatedProcess process = runtime.CreateProcess(1, "S1");
            Task slow = World.Delay(process, 100);
            Task fast = World.Delay(process, 1);
            await Tasks.AnyAsync(slow, fast);
            Assert.True(fast.IsCompleted);
            Assert.False(slow.IsCompleted);
        }, timed: true);

        Assert.Null(runtime.FailedProperty);
    }

    private static async Task AwaitsARealDelay() => await Task.Delay(100);

    private static string OrderOfTimers(string strategy, ulong seed, bool timed, int shortDelay = 1, int longDelay = 100_000)
    {
        List<string> order = [];
        World.Run(async runtime =>
        {
            Task first = Wait(runtime.CreateProcess(1, "S1"), longDelay, "long");
            Task second = Wait(runtime.CreateProcess(2, "S2"), shortDelay, "short");
            await first;
            await second;
        }, strategy, seed, timed);
        return string.Join(',', order);

        async Task Wait(ISimulatedProcess process, int milliseconds, string name)
        {
            await World.Delay(process, milliseconds);
            order.Add(name);
        }
    }

    // Two tasks add one to a counter, reading and writing in different steps.
    private static async Task LosesAnUpdate(ControlledRuntime runtime)
    {
        int counter = 0;
        Task first = Add(runtime.CreateProcess(1, "S1"));
        Task second = Add(runtime.CreateProcess(2, "S2"));
        await first;
        await second;
        if (counter != 2)
        {
            runtime.Fail("Counter", $"the counter is {counter}");
        }

        async Task Add(ISimulatedProcess process) => await process.Start("add", async () =>
        {
            int read = counter;
            await World.Delay(process, 1);
            counter = read + 1;
        });
    }
}
