using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>The engine explores any program of tasks and timers: these have nothing to do with Raft.</summary>
public sealed class ProgramTests
{
    [Fact]
    public void A_deadlock_of_two_locks_that_are_taken_in_different_orders_is_found()
    {
        FoundViolation found = Explore("two-locks", async simulation =>
        {
            AsyncLock first = new();
            AsyncLock second = new();
            ISimulatedProcess process = simulation.CreateProcess(0, "bank");
            Task one = process.Start("one way", () => TakeBothAsync(first, second));
            Task other = process.Start("the other way", () => TakeBothAsync(second, first));
            await Tasks.AllAsync(one, other);
        });

        Assert.Equal(RuntimeFindings.Deadlock, found.Property);
    }

    [Fact]
    public void Two_locks_that_are_taken_in_the_same_order_are_fine()
    {
        Assert.Null(Run("same-order", async simulation =>
        {
            AsyncLock first = new();
            AsyncLock second = new();
            ISimulatedProcess process = simulation.CreateProcess(0, "bank");
            await Tasks.AllAsync(process.Start("one", () => TakeBothAsync(first, second)), process.Start("other", () => TakeBothAsync(first, second)));
        }).Violation);
    }

    [Fact]
    public void An_update_is_lost_where_an_await_stands_between_reading_and_writing()
    {
        FoundViolation found = Explore("lost-update", LoseUpdatesAsync);

        Assert.Equal("NoLostUpdate", found.Property);
        Assert.Equal("the counter is 1 after two increments", found.Message);
    }

    [Fact]
    public void The_schedule_of_a_lost_update_is_written_read_replayed_and_shrunk()
    {
        AsyncProgram program = Program("lost-update", LoseUpdatesAsync);
        using TemporaryFolder folder = new();
        string file = folder.File("lost-update.schedule");
        ScheduleFile.Write(file, Explore("lost-update", LoseUpdatesAsync).Schedule);
        Schedule schedule = ScheduleFile.Read(file);

        Assert.Equal("NoLostUpdate", Replayer.Replay(program, schedule).Property);
        ShrinkResult shrunk = Shrinker.Shrink(program, schedule);
        Assert.True(shrunk.Complete);
        Assert.InRange(shrunk.Schedule.Decisions.Count, 1, schedule.Decisions.Count);
        Assert.Equal("NoLostUpdate", Replayer.Replay(program, shrunk.Schedule).Property);
    }

    [Fact]
    public void A_time_out_that_comes_before_the_answer_is_found_though_it_is_much_longer()
    {
        FoundViolation found = Explore("slow-answer", async simulation =>
        {
            ISimulatedProcess server = simulation.CreateProcess(1, "S1");
            Task answer = server.Start("answer", () => World.Delay(server, 1));
            Task timeout = World.Delay(simulation.CreateProcess(0, "client"), 1000);
            await Tasks.AnyAsync(answer, timeout);
            if (!answer.IsCompleted)
            {
                simulation.Fail("AnsweredInTime", "the time-out came first");
            }
        });

        Assert.Equal("AnsweredInTime", found.Property);
        Assert.False(found.Schedule.Header.Timed);
    }

    [Fact]
    public void An_await_of_the_thread_pool_is_found_and_named()
    {
        FoundViolation found = Explore("leaves", static async simulation =>
        {
            await Task.Yield();
            await Task.Run(static () => Thread.Sleep(1));
            simulation.Choose(2, "never reached in this world");
        });

        Assert.Equal(RuntimeFindings.UncontrolledAwait, found.Property);
    }

    [Fact]
    public void An_exception_that_nobody_catches_is_found()
    {
        FoundViolation found = Explore("throws", static async simulation =>
        {
            if (simulation.Choose(10, "the one that breaks") == 7)
            {
                await Task.Yield();
                throw new InvalidOperationException("broken");
            }
        });

        Assert.Equal(RuntimeFindings.NoFault, found.Property);
        Assert.Contains("broken", found.Message);
    }

    [Fact]
    public void A_search_of_all_orders_ends_and_says_so()
    {
        ExplorationReport report = new Explorer(
            Program("two-tasks", static async simulation =>
            {
                ISimulatedProcess process = simulation.CreateProcess(0, "both");
                await Tasks.AllAsync(process.Start("one", static async () => await Task.Yield()), process.Start("two", static async () => await Task.Yield()));
            }),
            new ExplorationOptions { Strategy = "dfs", Iterations = 1000 }).Run();

        Assert.Null(report.Violation);
        Assert.NotNull(report.Exhausted);
    }

    private static async Task LoseUpdatesAsync(ISimulation simulation)
    {
        int counter = 0;
        ISimulatedProcess process = simulation.CreateProcess(0, "counters");
        async Task IncrementAsync()
        {
            int read = counter;
            await Task.Yield();
            counter = read + 1;
        }

        await Tasks.AllAsync(process.Start("one", IncrementAsync), process.Start("two", IncrementAsync));
        if (counter != 2)
        {
            simulation.Fail("NoLostUpdate", $"the counter is {counter} after two increments");
        }
    }

    private static async Task TakeBothAsync(AsyncLock first, AsyncLock second)
    {
        await first.TakeAsync();
        await Task.Yield();
        await second.TakeAsync();
        second.Release();
        first.Release();
    }

    private static AsyncProgram Program(string name, Func<ISimulation, Task> body) => new() { Name = name, Body = body };

    private static ExplorationReport Run(string name, Func<ISimulation, Task> body) =>
        new Explorer(Program(name, body), new ExplorationOptions { Iterations = 200, Workers = 1 }).Run();

    private static FoundViolation Explore(string name, Func<ISimulation, Task> body)
    {
        ExplorationReport report = Run(name, body);
        Assert.NotNull(report.Violation);
        return report.Violation;
    }

    /// <summary>A lock that is waited for by awaiting.</summary>
    private sealed class AsyncLock
    {
        private readonly Queue<TaskCompletionSource> _waiting = new();
        private bool _taken;

        public Task TakeAsync()
        {
            if (!_taken)
            {
                _taken = true;
                return Task.CompletedTask;
            }

            TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
            return turn.Task;
        }

        public void Release()
        {
            if (_waiting.TryDequeue(out TaskCompletionSource? next))
            {
                next.SetResult();
            }
            else
            {
                _taken = false;
            }
        }
    }
}
