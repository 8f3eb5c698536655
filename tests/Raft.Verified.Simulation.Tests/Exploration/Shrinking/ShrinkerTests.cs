using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Xunit;

namespace Raft.Verified.Tests.Exploration.Shrinking;

public sealed class ShrinkerTests
{
    [Theory]
    [InlineData("random", 0.5)]
    [InlineData("pct", 0.5)]
    public void What_is_left_replays_to_the_same_violation_and_is_a_fraction(string strategy, double fraction)
    {
        Scenario scenario = Committed();
        Schedule found = Find(scenario, strategy);

        ShrinkResult result = Shrinker.Shrink(scenario, found);
        Schedule read = ScheduleFile.Parse("a file", ScheduleFile.Format(result.Schedule).TrimEnd('\n').Split('\n'));

        Assert.Equal(new ReplayOutcome(found.Header.Property, result.Schedule.Header.Message, null), Replayer.Replay(scenario, read));
        Assert.Equal(found.Decisions.Count, read.Header.ShrunkFrom);
        Assert.Equal(result.Schedule.Header, read.Header);
        Assert.True(result.Complete);
        Assert.InRange(result.After.Decisions, 1, found.Decisions.Count * fraction);
        Assert.Equal(result.Schedule.Decisions.Count, result.After.Decisions);
        Assert.Equal(found.Decisions.Count, result.Before.Decisions);
    }

    [Fact]
    public void Servers_faults_and_client_operations_that_are_not_needed_go()
    {
        Scenario scenario = Committed();
        ShrinkResult result = Shrinker.Shrink(scenario, Find(scenario, "swarm"));

        // A leader, and two that make a majority of five with it; its own empty entry is enough.
        Assert.Equal(3, result.After.Servers);
        Assert.Equal(0, result.After.ClientOperations);
        Assert.Equal(0, result.After.Faults);
        Assert.Equal(5, result.Before.Servers);
    }

    [Fact]
    public void The_same_schedule_is_shrunk_to_the_same_bytes_each_time()
    {
        Scenario scenario = Committed();
        Schedule found = Find(scenario, "random");

        ShrinkResult one = Shrinker.Shrink(scenario, found);
        ShrinkResult two = Shrinker.Shrink(scenario, found);

        Assert.Equal(ScheduleFile.Format(one.Schedule), ScheduleFile.Format(two.Schedule));
        Assert.Equal(one.Runs, two.Runs);
    }

    [Fact]
    public void Nothing_more_can_be_left_out_of_what_is_left()
    {
        Scenario scenario = Committed();
        Schedule shrunk = Shrinker.Shrink(scenario, Find(scenario, "swarm")).Schedule;
        using StepWatchdog watchdog = new(StepWatchdog.DefaultLimit);
        CandidateRunner runner = new(scenario, shrunk, watchdog);
        Reproduction whole = runner.RunFound()!;

        for (int i = 0; i < whole.Steps.Count; i++)
        {
            RecordedStep[] without = [.. whole.Steps.Take(i), .. whole.Steps.Skip(i + 1)];
            Assert.Null(runner.Run(without, whole.Timed, whole.DrawsFaultMix, whole.Decisions.Count));
        }
    }

    [Fact]
    public void A_shrunk_schedule_shrinks_no_further_and_remembers_what_it_came_from()
    {
        Scenario scenario = Committed();
        Schedule found = Find(scenario, "random");
        Schedule once = Shrinker.Shrink(scenario, found).Schedule;
        Schedule twice = Shrinker.Shrink(scenario, once).Schedule;

        Assert.Equal(ScheduleFile.Format(once), ScheduleFile.Format(twice));
        Assert.Equal(found.Decisions.Count, twice.Header.ShrunkFrom);
    }

    [Fact]
    public void A_timed_schedule_becomes_untimed_where_the_scenario_allows_it()
    {
        Schedule found = Find(Committed(Clocks.Timed), "random");
        Assert.True(found.Header.Timed);

        Assert.False(Shrinker.Shrink(Committed(), found).Schedule.Header.Timed);
        Assert.True(Shrinker.Shrink(Committed(Clocks.Timed), found).Schedule.Header.Timed);
    }

    [Fact]
    public void A_timed_schedule_loses_its_faults()
    {
        Scenario scenario = Committed(Clocks.Timed, pauses: 0);
        ShrinkResult result = Shrinker.Shrink(scenario, Find(scenario, "random"));

        Assert.InRange(result.Before.Faults, 1, int.MaxValue);
        Assert.Equal(0, result.After.Faults);
        Assert.Null(Replayer.Replay(scenario, result.Schedule).Divergence);
    }

    [Fact]
    public void What_never_comes_about_is_shrunk_too()
    {
        Scenario scenario = NeverCaughtUp();
        Schedule found = Find(scenario, "random");
        ShrinkResult result = Shrinker.Shrink(scenario, found);

        Assert.Contains(found.Header.Property, Properties.Liveness.Select(property => property.Name));
        Assert.Null(Replayer.Replay(scenario, result.Schedule).Divergence);
        Assert.True(result.After.Decisions < result.Before.Decisions, $"{result.After.Decisions} of {result.Before.Decisions}");
    }

    [Fact]
    public void A_fair_end_needs_no_decisions_on_file_and_replays_all_the_same()
    {
        Scenario scenario = NeverCaughtUp();
        Schedule shrunk = Shrinker.Shrink(scenario, Find(scenario, "random")).Schedule;
        Schedule read = ScheduleFile.Parse("a file", ScheduleFile.Format(shrunk).TrimEnd('\n').Split('\n'));
        FairTail tail = read.Tail!;

        Assert.Equal(shrunk.Tail, tail);
        Assert.True(tail.Decisions > read.Decisions.Count);
        Assert.Equal(new ReplayOutcome(shrunk.Header.Property, shrunk.Header.Message, null), Replayer.Replay(scenario, read));
        Assert.StartsWith("decision ", Divergence(null));
        Assert.EndsWith($"the schedule goes on fairly, to decision {read.Decisions.Count + tail.Decisions + 1}", Divergence(tail with { Decisions = tail.Decisions + 1 }));
        Assert.Contains("the schedule has ended; the run goes on", Divergence(tail with { Decisions = tail.Decisions - 1 }));
        Assert.EndsWith("the schedule ends in another state than it says", Divergence(tail with { Fingerprint = 1 }));
        Assert.Equal(ScheduleFile.Format(shrunk), ScheduleFile.Format(Shrinker.Shrink(scenario, read).Schedule));

        string? Divergence(FairTail? other) => Replayer.Replay(scenario, read with { Tail = other }).Divergence;
    }

    [Fact]
    public void When_the_time_is_up_what_was_reached_is_kept()
    {
        Scenario scenario = Committed();
        Schedule found = Find(scenario, "random");
        using CancellationTokenSource enough = new();
        ShrinkResult result = Shrinker.Shrink(scenario, found, new ShrinkOptions
        {
            Cancellation = enough.Token,
            Progress = progress =>
            {
                if (progress.Decisions < progress.From / 2)
                {
                    enough.Cancel();
                }
            },
        });

        Assert.False(result.Complete);
        Assert.InRange(result.After.Decisions, 1, found.Decisions.Count / 2);
        Assert.Null(Replayer.Replay(scenario, result.Schedule).Divergence);

        ShrinkResult none = Shrinker.Shrink(scenario, found, new ShrinkOptions { Time = TimeSpan.Zero });
        Assert.False(none.Complete);
        Assert.Equal(0, none.Runs);
        Assert.Equal(found.Decisions, none.Schedule.Decisions);
    }

    [Fact]
    public void A_schedule_that_does_not_lead_to_its_violation_is_refused()
    {
        Schedule found = Find(Committed(), "random");
        Scenario mended = Committed() with { Body = static async cluster => await cluster.LeaderAsync() };

        ScheduleNotReproducedException refusal = Assert.Throws<ScheduleNotReproducedException>(() => Shrinker.Shrink(mended, found));
        Assert.StartsWith("the schedule diverged: decision ", refusal.Message);
    }

    // A server that nobody starts again, once it is down, never catches up.
    private static Scenario NeverCaughtUp() => Committed() with
    {
        Name = "silent",
        Body = static async cluster =>
        {
            _ = cluster.CreateClient();
            SimulatedServer leader = await cluster.LeaderAsync();
            cluster.Servers[0].Starting = server => _ = server.Process!.Start("suicide", async () =>
            {
                await Task.Yield();
                server.Crash();
            });
            cluster.Servers[0].Crash();
            await cluster.LeaderAfterAsync(leader);
        },
    };

    internal static Schedule Find(Scenario scenario, string strategy)
    {
        FoundViolation? violation = new Explorer(scenario, new ExplorationOptions { Strategy = strategy, Iterations = 100, Workers = 1 }).Run().Violation;
        Assert.NotNull(violation);
        return violation.Schedule;
    }

    /// <summary>Wrong on purpose: claims that nothing is ever committed.</summary>
    internal static Scenario Committed(Clocks clocks = Clocks.Both, int pauses = 1) => ScenarioLibrary.Find("first-election-5")! with
    {
        Name = "committed",
        Goals = [],
        Clocks = clocks,
        Body = async cluster =>
        {
            SimulatedClient client = cluster.CreateClient();
            _ = client.Start(async () => await client.ExecuteAsync(JournalState.Command));
            if (pauses > 0)
            {
                _ = cluster.Start("harm", async () => await new Nemesis(cluster, NemesisActions.Pause) { MaxPause = 50 }.RunAsync(budget: pauses));
            }

            await cluster.UntilAsync(() => cluster.View.MaxCommitted > LogIndex.Zero);
            cluster.Simulation.Fail("NothingCommitted", "an entry is committed");
        },
    };
}
