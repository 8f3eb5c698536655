using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

public sealed class ExplorerTests
{
    [Theory]
    [InlineData("random")]
    [InlineData("swarm")]
    [InlineData("pct")]
    [InlineData("pos")]
    [InlineData("delay")]
    [InlineData("portfolio")]
    public void The_report_is_the_same_whatever_the_number_of_workers(string strategy)
    {
        ExplorationReport one = Explore("chaos-3", new ExplorationOptions { Strategy = strategy, Iterations = 40, Workers = 1, Seed = 5 });
        ExplorationReport two = Explore("chaos-3", new ExplorationOptions { Strategy = strategy, Iterations = 40, Workers = 2, Seed = 5 });

        Assert.Null(one.Violation);
        Assert.Equal(40, one.Iterations);
        Assert.Equal(one.EventHash, two.EventHash);
        Assert.Equal(one.Decisions, two.Decisions);
        Assert.Equal(one.Goals, two.Goals);
    }

    [Fact]
    public void Another_seed_gives_other_schedules()
    {
        ExplorationReport one = Explore("first-election-3", new ExplorationOptions { Iterations = 5, Seed = 1 });
        ExplorationReport two = Explore("first-election-3", new ExplorationOptions { Iterations = 5, Seed = 2 });

        Assert.NotEqual(one.EventHash, two.EventHash);
    }

    [Fact]
    public void The_shards_together_run_what_one_run_does()
    {
        ExplorationReport whole = Explore("leader-crashes", new ExplorationOptions { Iterations = 31 });
        ExplorationReport[] shards = [.. Enumerable.Range(0, 3).Select(shard =>
            Explore("leader-crashes", new ExplorationOptions { Iterations = 31, Shard = shard, Shards = 3 }))];

        Assert.Equal([11L, 10L, 10L], shards.Select(shard => shard.Iterations));
        Assert.Equal(whole.Decisions, shards.Sum(shard => shard.Decisions));
        for (int goal = 0; goal < whole.Goals.Count; goal++)
        {
            Assert.Equal(whole.Goals[goal].Count, shards.Sum(shard => shard.Goals[goal].Count));
        }
    }

    [Fact]
    public void An_exploration_can_begin_with_any_schedule_and_runs_the_same_ones()
    {
        ExplorationReport whole = Explore("leader-crashes", new ExplorationOptions { Iterations = 12 });
        ExplorationReport[] parts = [.. new[] { 0, 4, 5 }.Zip([4, 1, 7], (first, count) =>
            Explore("leader-crashes", new ExplorationOptions { FirstIteration = first, Iterations = count, Workers = 2 }))];

        Assert.Equal([4L, 1L, 7L], parts.Select(part => part.Iterations));
        Assert.Equal(whole.EventHash, parts.Aggregate(0UL, (sum, part) => unchecked(sum + part.EventHash)));
        Assert.Equal(whole.Decisions, parts.Sum(part => part.Decisions));
    }

    [Fact]
    public void The_number_of_a_violation_counts_from_the_first_schedule_of_the_seed()
    {
        long first = new Explorer(Broken.WhenTheSecondLeads(), new ExplorationOptions { Iterations = 100 }).Run().Violation!.Iteration;
        ExplorationReport report = new Explorer(Broken.WhenTheSecondLeads(), new ExplorationOptions { FirstIteration = first, Iterations = 1 }).Run();

        Assert.Equal((first, 1L), (report.Violation!.Iteration, report.Iterations));
    }

    [Theory]
    [InlineData("dfs", 1)]
    [InlineData("guided", 1)]
    [InlineData("random", -1)]
    public void A_first_schedule_that_depends_on_others_or_does_not_exist_is_refused(string strategy, long first) => Assert.ThrowsAny<ArgumentException>(
        () => new Explorer(Broken.WhenTheSecondLeads(), new ExplorationOptions { Strategy = strategy, FirstIteration = first, Iterations = 1 }));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void What_is_found_is_what_has_the_lowest_number(int workers)
    {
        ExplorationReport report = new Explorer(Broken.WhenTheSecondLeads(), new ExplorationOptions { Iterations = 100, Workers = workers }).Run();
        long first = Enumerable.Range(0, 100).First(i => Broken.Fails(i));

        Assert.NotNull(report.Violation);
        Assert.Equal(Broken.Property, report.Violation.Property);
        Assert.Equal(report.Violation.Iteration + 1, report.Iterations);
        Assert.Equal(first, report.Violation.Iteration);
    }

    [Fact]
    public void A_scenario_that_depends_on_something_ambient_fails_the_self_check()
    {
        int runs = 0;
        Scenario ambient = ScenarioLibrary.Find("first-election-3")! with
        {
            Name = "ambient",
            Body = async cluster =>
            {
                if (++runs % 2 == 0)
                {
                    cluster.Say(default, "an odd run");
                }

                await cluster.LeaderAsync();
            },
        };

        ExplorationReport unchecked_ = new Explorer(ambient, new ExplorationOptions { Iterations = 4, Workers = 1 }).Run();
        ExplorationReport selfChecked = new Explorer(ambient, new ExplorationOptions { Iterations = 4, Workers = 1, SelfCheck = true }).Run();

        Assert.Null(unchecked_.Violation);
        Assert.Equal(RuntimeFindings.Repeatability, selfChecked.Violation?.Property);
    }

    [Fact]
    public void The_library_passes_the_self_check()
    {
        foreach (Scenario scenario in ScenarioLibrary.All)
        {
            ExplorationReport report = new Explorer(scenario, new ExplorationOptions { Iterations = 8, SelfCheck = true }).Run();
            Assert.True(report.Violation is null, $"{scenario.Name}: {report.Violation?.Message}");
        }
    }

    [Fact]
    public void An_exploration_without_bounds_is_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() => new Explorer(ScenarioLibrary.All[0], new ExplorationOptions()));
        Assert.Contains("neither iterations nor time are bounded", refusal.Message);
    }

    private static ExplorationReport Explore(string scenario, ExplorationOptions options) => new Explorer(ScenarioLibrary.Find(scenario)!, options).Run();
}
