using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Exploration.Shrinking;

public sealed class TolerantReplayTests
{
    [Theory]
    [InlineData(Clocks.Untimed)]
    [InlineData(Clocks.Timed)]
    public void Where_the_bug_still_is_it_is_found(Clocks clocks)
    {
        Scenario scenario = ShrinkerTests.Committed(clocks);
        Schedule found = ShrinkerTests.Find(scenario, "random");

        TolerantOutcome outcome = TolerantReplay.Run(scenario, found);

        Assert.Equal("NothingCommitted", outcome.Property);
        Assert.Equal("an entry is committed", outcome.Message);
        Assert.Null(Replayer.Replay(scenario, outcome.Schedule!).Divergence);
    }

    [Fact]
    public void Where_the_bug_is_mended_the_run_goes_on_to_a_clean_end()
    {
        Schedule shrunk = Shrunk();
        Scenario mended = ShrinkerTests.Committed() with { Body = static async cluster => await cluster.LeaderAsync() };

        TolerantOutcome outcome = TolerantReplay.Run(mended, shrunk);

        Assert.Null(outcome.Property);
        Assert.Null(outcome.Schedule);
        Assert.False(outcome.Run.Header.HasViolation);
        Assert.Equal(new ReplayOutcome(null, null, null), Replayer.Replay(mended, outcome.Run));
        Assert.True(outcome.Decisions > shrunk.Decisions.Count);
    }

    [Fact]
    public void Steps_that_do_not_exist_are_passed_over_and_new_ones_do_no_harm()
    {
        Schedule shrunk = Shrunk();
        List<Decision> changed = [.. shrunk.Decisions];
        changed.InsertRange(4, [new Decision(true, 7, 9, "S9 does something that is no more", 1), new Decision(false, 1, 3, "who", 2)]);
        Scenario later = ShrinkerTests.Committed();
        later = later with
        {
            Body = async cluster =>
            {
                // More tasks than there were, and so other numbers for every choice.
                _ = cluster.Start("new", async () => await cluster.DelayAsync(TimeSpan.FromSeconds(1)));
                await ShrinkerTests.Committed().Body(cluster);
            },
        };

        TolerantOutcome outcome = TolerantReplay.Run(later, shrunk with { Decisions = changed });

        Assert.NotNull(Replayer.Replay(later, shrunk).Divergence);
        Assert.Equal("NothingCommitted", outcome.Property);
        Assert.InRange(outcome.Decisions, 1, shrunk.Decisions.Count + 5);
        Assert.Equal(changed.Count(decision => decision.IsStep), outcome.Steps);
        Assert.InRange(outcome.Skipped, 1, outcome.Steps - 1);
        Assert.Equal("NothingCommitted", Replayer.Replay(later, outcome.Run).Property);
    }

    [Fact]
    public void What_still_matches_skips_nothing_and_says_so()
    {
        Schedule shrunk = Shrunk();
        TolerantOutcome outcome = TolerantReplay.Run(ShrinkerTests.Committed(), shrunk);

        Assert.True(outcome.IsExact);
        Assert.Equal(0, outcome.Skipped);
        Assert.Same(shrunk, outcome.Run);
    }

    [Fact]
    public void A_schedule_that_violates_nothing_is_one_that_passes()
    {
        Scenario scenario = ShrinkerTests.Committed() with { Body = static async cluster => await cluster.LeaderAsync() };
        Schedule kept = TracedRun.Record(scenario, new ExplorationOptions(), 2);

        TolerantOutcome outcome = TolerantReplay.Run(scenario, kept);
        Assert.Equal((null, null, true), (outcome.Property, outcome.Schedule, outcome.IsExact));

        TolerantOutcome failing = TolerantReplay.Run(ShrinkerTests.Committed(), kept);
        Assert.True(failing.Property is null == (failing.Schedule is null));
        Assert.Equal(failing.Property, Replayer.Replay(ShrinkerTests.Committed(), failing.Run).Property);
    }

    private static Schedule Shrunk()
    {
        Scenario scenario = ShrinkerTests.Committed();
        return Shrinker.Shrink(scenario, ShrinkerTests.Find(scenario, "random")).Schedule;
    }
}
