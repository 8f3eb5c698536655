using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>The strategy that goes on from where earlier schedules met new states.</summary>
public sealed class GuidedTests
{
    // More than two generations.
    private const int Schedules = 150;

    [Fact]
    public void The_schedules_are_the_same_on_any_number_of_workers()
    {
        ExplorationReport one = Explore("chaos-3", new ExplorationOptions { Workers = 1 });
        ExplorationReport three = Explore("chaos-3", new ExplorationOptions { Workers = 3 });

        Assert.Equal(Schedules, one.Iterations);
        Assert.Equal((one.EventHash, one.Decisions), (three.EventHash, three.Decisions));
        Assert.Equal(one.Coverage!.Curve, three.Coverage!.Curve);
    }

    [Fact]
    public void An_exploration_that_is_interrupted_goes_on_with_the_same_schedules()
    {
        Explorer explorer = new(ScenarioLibrary.Find("leader-crashes")!, Options(new ExplorationOptions { Workers = 3 }));
        ExplorationReport report;
        do
        {
            report = explorer.Continue(TimeSpan.FromMilliseconds(1));
        }
        while (report.Iterations < Schedules);

        Assert.Equal(Explore("leader-crashes", new ExplorationOptions { Workers = 1 }).EventHash, report.EventHash);
    }

    [Fact]
    public void Every_schedule_runs_twice_in_the_same_way()
    {
        Assert.Null(Explore("leader-crashes", new ExplorationOptions { SelfCheck = true }).Violation);
    }

    [Fact]
    public void The_first_generation_does_not_depend_on_anything_and_the_second_one_on_the_first()
    {
        // The hash of a report is a sum over its schedules.
        ulong HashOf(int iteration) => Explore("leader-crashes", new ExplorationOptions { Iterations = iteration + 1 }).EventHash
            - Explore("leader-crashes", new ExplorationOptions { Iterations = iteration }).EventHash;

        Assert.Equal(AloneHash(Corpus.Generation - 1), HashOf(Corpus.Generation - 1));
        Assert.Contains(Enumerable.Range(Corpus.Generation, 4), iteration => AloneHash(iteration) != HashOf(iteration));
    }

    [Fact]
    public void More_states_are_reached_than_at_random()
    {
        long guided = Explore("chaos-3", new ExplorationOptions { Iterations = 400 }).Coverage!.States;
        long random = new Explorer(
            ScenarioLibrary.Find("chaos-3")!, new ExplorationOptions { Strategy = "random", Iterations = 400, CollectCoverage = true }).Run().Coverage!.States;

        Assert.True(guided > random, $"{guided} states guided, {random} at random");
    }

    [Fact]
    public void What_a_later_generation_finds_replays_alone()
    {
        // Fails in late generations only, where schedules go on from others.
        int runs = 0;
        Scenario broken = Broken.WhenTheSecondLeads() with
        {
            Body = async cluster =>
            {
                SimulatedServer leader = await cluster.LeaderAsync();
                if (++runs > 2 * Corpus.Generation && leader.Id.Value == 2)
                {
                    cluster.Simulation.Fail(Broken.Property, "S2 leads");
                }
            },
        };
        FoundViolation? found = new Explorer(broken, Options(new ExplorationOptions { Workers = 1, Iterations = 400 })).Run().Violation;

        Assert.NotNull(found);
        Assert.Equal(GuidedStrategy.GivenName, found.Schedule.Header.Strategy);
        Assert.True(found.Iteration >= 2 * Corpus.Generation);
        Schedule read = ScheduleFile.Parse("a.schedule", ScheduleFile.Format(found.Schedule).TrimEnd('\n').Split('\n'));
        Assert.Equal(new ReplayOutcome(Broken.Property, "S2 leads", null), Replayer.Replay(broken, read));
    }

    [Fact]
    public void The_corpus_keeps_what_met_most_and_met_it_lately()
    {
        Corpus corpus = new();
        int[] path = [.. Enumerable.Range(0, 100)];
        for (long number = 0; number < 10 * Corpus.Generation; number++)
        {
            // One old schedule that met much; all others met one state each.
            corpus.Add(number, path, timed: false, way: 0, number == 3 ? [.. Enumerable.Range(10, 80)] : [50]);
        }

        Assert.Equal(128, corpus[false].Count);
        Assert.Equal(0, corpus[true].Count);
        SplitMix random = new(1);
        int[] ends = [.. Enumerable.Range(0, 400).Select(_ => corpus[false].Pick(ref random).End)];
        Assert.InRange(ends.Count(end => end != 50), 20, 200);
    }

    [Fact]
    public void The_way_that_brings_most_new_states_is_chosen_most_and_none_is_given_up()
    {
        Corpus corpus = new();
        for (long number = 0; number < 5 * Corpus.Generation; number++)
        {
            int way = (int)(number % GuidedStrategy.Ways);
            corpus.Add(number, null, timed: true, way, way == 4 ? [1, 2, 3, 4, 5, 6, 7, 8] : way == 2 ? [1, 2, 3, 4, 5] : [1]);
        }

        SplitMix random = new(1);
        int[] ways = [.. Enumerable.Range(0, 1000).Select(_ => corpus[true].PickWay(ref random))];
        int[] chosen = [.. Enumerable.Range(0, GuidedStrategy.Ways).Select(way => ways.Count(one => one == way))];
        Assert.All(chosen, count => Assert.True(count > 10));
        Assert.Equal([4, 2], Enumerable.Range(0, chosen.Length).OrderByDescending(way => chosen[way]).Take(2));
        Assert.True(chosen[4] > 500);
    }

    [Fact]
    public void A_generation_begins_when_the_one_before_it_is_counted()
    {
        Assert.True(Corpus.MayBegin(number: 63, counted: 0));
        Assert.False(Corpus.MayBegin(number: 64, counted: 63));
        Assert.True(Corpus.MayBegin(number: 64, counted: 64));
    }

    private static ulong AloneHash(int iteration) => new Explorer(
        ScenarioLibrary.Find("leader-crashes")!,
        Options(new ExplorationOptions { Iterations = iteration + 1, Shard = iteration, Shards = 1000 })).Run().EventHash;

    private static ExplorationReport Explore(string scenario, ExplorationOptions options) =>
        new Explorer(ScenarioLibrary.Find(scenario)!, Options(options)).Run();

    private static ExplorationOptions Options(ExplorationOptions options) =>
        options with { Strategy = GuidedStrategy.GivenName, Iterations = options.Iterations ?? Schedules };
}
