using System.Diagnostics;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>Steps that do not return. Alone, because the watchdog looks at the time and the memory of the whole process.</summary>
[Collection(nameof(StepWatchdogTests))]
[CollectionDefinition(nameof(StepWatchdogTests), DisableParallelization = true)]
public sealed class StepWatchdogTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(0.5);

    [Theory]
    [InlineData("spins")]
    [InlineData("blocks")]
    [InlineData("draws")]
    [InlineData("starts tasks")]
    [InlineData("collects")]
    public void A_step_that_does_not_return_ends_the_exploration_with_a_schedule_that_shows_it_again(string how)
    {
        using Ending ending = new();
        Scenario scenario = Hanging(how, ending);
        ExplorationReport report = Explore(scenario, Limit);
        FoundViolation found = Assert.IsType<FoundViolation>(report.Violation);
        Assert.Equal(RuntimeFindings.StepDoesNotReturn, found.Property);
        Assert.Contains("has not returned", found.Message);

        Schedule read = ScheduleFile.Parse("it", ScheduleFile.Format(found.Schedule).TrimEnd('\n').Split('\n'));
        using StepWatchdog watchdog = new(Limit);
        ReplayOutcome replayed = Replayer.Replay(scenario, read, watchdog: watchdog);
        Assert.True(replayed.Divergence is null, $"{replayed.Property}: {replayed.Message}: {replayed.Divergence}");
        Assert.Equal(RuntimeFindings.StepDoesNotReturn, replayed.Property);
        Assert.Equal(RuntimeFindings.StepDoesNotReturn, TolerantReplay.Run(scenario, read, watchdog).Property);
    }

    [Fact]
    public void The_finding_names_the_operation()
    {
        using Ending ending = new();
        Assert.StartsWith("scenario runs ", Explore(Hanging("spins", ending), Limit).Violation!.Message);
    }

    [Fact]
    public void Shrinking_such_a_schedule_comes_to_an_end()
    {
        using Ending ending = new();
        Scenario scenario = Hanging("spins", ending);
        Schedule found = Explore(scenario, Limit).Violation!.Schedule;
        ShrinkResult shrunk = Shrinker.Shrink(scenario, found, new ShrinkOptions { StepTimeout = Limit, Time = TimeSpan.FromSeconds(20) });
        Assert.Equal(RuntimeFindings.StepDoesNotReturn, shrunk.Schedule.Header.Property);
        Assert.True(shrunk.Schedule.Decisions.Count <= found.Decisions.Count);
    }

    [Fact]
    public void An_interrupt_ends_a_run_whose_step_does_not_return()
    {
        using Ending ending = new();
        using CancellationTokenSource interrupt = new();
        ending.Hangs += interrupt.Cancel;
        long start = Stopwatch.GetTimestamp();
        ExplorationReport report = Explore(Hanging("spins", ending), TimeSpan.FromMinutes(10), interrupt.Token);
        Assert.Null(report.Violation);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void A_step_that_returns_too_late_does_no_harm()
    {
        using Ending ending = new();
        using ManualResetEventSlim returned = new();
        Scenario scenario = MadeUpScenarios.Sound with
        {
            Name = "returns-late",
            Body = async cluster =>
            {
                await cluster.LeaderAsync();
                TaskCompletionSource late = new();
                TaskCompletionSource waits = new();
                _ = cluster.Simulation.CreateProcess(0, "waiting").Start("wait", async () =>
                {
                    waits.SetResult();
                    await late.Task;
                });
                await waits.Task;
                while (!ending.HasCome)
                {
                    Thread.SpinWait(100);
                }

                // The continuation belongs to a world that is closed. An exception here would end this process.
                late.SetResult();
                returned.Set();
            },
        };
        Assert.Equal(RuntimeFindings.StepDoesNotReturn, Explore(scenario, Limit).Violation?.Property);
        ending.Dispose();
        Assert.True(returned.Wait(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void Steps_that_return_are_left_alone() => Assert.Null(Explore(MadeUpScenarios.Sound, Limit).Violation);

    private static ExplorationReport Explore(Scenario scenario, TimeSpan limit, CancellationToken interrupted = default) =>
        new Explorer(scenario, new ExplorationOptions { Iterations = 2, Workers = 1, StepTimeout = limit }).Run(interrupted);

    private static Scenario Hanging(string how, Ending ending) => MadeUpScenarios.Sound with
    {
        Name = $"hangs-{how}",
        Body = async cluster =>
        {
            await cluster.LeaderAsync();
            ending.Tell();
            List<byte[]> kept = [];
            ISimulatedProcess process = cluster.Simulation.CreateProcess(0, "endless");
            while (!ending.HasCome)
            {
                switch (how)
                {
                    case "blocks":
                        new ManualResetEvent(false).WaitOne();
                        break;
                    case "draws":
                        cluster.Simulation.Choose(2, "for ever");
                        break;
                    case "starts tasks":
                        _ = process.Start("one more", () => Task.CompletedTask);
                        break;
                    case "collects":
                        // More than the watchdog allows, and no more: a thread that was given up goes on, and must not use up the memory of the others.
                        kept.Add(new byte[1 << 20]);
                        if (kept.Count > 2048)
                        {
                            kept.Clear();
                        }

                        break;
                    default:
                        break;
                }
            }
        },
    };

    /// <summary>Lets the threads come to their end that have been given up: in a process that goes on they would run for ever.</summary>
    private sealed class Ending : IDisposable
    {
        private volatile bool _hasCome;

        public event Action? Hangs;

        public bool HasCome => _hasCome;

        public void Tell() => Hangs?.Invoke();

        public void Dispose() => _hasCome = true;
    }
}
