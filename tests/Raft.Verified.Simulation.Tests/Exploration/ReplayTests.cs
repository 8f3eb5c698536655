using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

public sealed class ReplayTests
{
    [Theory]
    [InlineData(Clocks.Timed)]
    [InlineData(Clocks.Untimed)]
    public void A_schedule_from_a_file_leads_to_the_same_violation(Clocks clock)
    {
        Scenario scenario = Broken.WhenTheSecondLeads(clock);
        Schedule written = Find(scenario);

        Schedule read = ScheduleFile.Parse("a file", Lines(written));
        ReplayOutcome outcome = Replayer.Replay(scenario, read);

        Assert.Equal(written.Header, read.Header);
        Assert.Equal(written.Decisions, read.Decisions);
        Assert.Equal(new ReplayOutcome(Broken.Property, "S2 leads", null), outcome);
    }

    [Fact]
    public void A_schedule_that_no_longer_fits_names_the_first_decision_that_differs()
    {
        Scenario scenario = Broken.WhenTheSecondLeads(Clocks.Untimed);
        Schedule schedule = Find(scenario);
        List<Decision> changed = [.. schedule.Decisions];
        int at = changed.FindIndex(20, decision => decision.IsStep);
        changed[at] = changed[at] with { Label = "S9 does something else" };

        ReplayOutcome outcome = Replayer.Replay(scenario, schedule with { Decisions = changed });

        Assert.Null(outcome.Property);
        Assert.StartsWith($"decision {at + 1}: the schedule says 'S9 does something else'", outcome.Divergence);
    }

    [Fact]
    public void Another_state_after_the_same_decision_is_a_divergence()
    {
        Scenario scenario = Broken.WhenTheSecondLeads(Clocks.Untimed);
        Schedule schedule = Find(scenario);
        List<Decision> changed = [.. schedule.Decisions];
        changed[7] = changed[7] with { Fingerprint = 1 };

        ReplayOutcome outcome = Replayer.Replay(scenario, schedule with { Decisions = changed });

        Assert.Contains("decision 8:", outcome.Divergence);
        Assert.Contains("led to another state", outcome.Divergence);
    }

    [Fact]
    public void A_schedule_whose_violation_is_mended_diverges_at_its_end()
    {
        Schedule schedule = Find(Broken.WhenTheSecondLeads(Clocks.Untimed));
        Scenario mended = Broken.WhenTheSecondLeads(Clocks.Untimed) with { Body = static async cluster => await cluster.LeaderAsync() };

        ReplayOutcome outcome = Replayer.Replay(mended, schedule);

        Assert.Null(outcome.Property);
        Assert.NotNull(outcome.Divergence);
    }

    [Theory]
    [InlineData(Clocks.Timed)]
    [InlineData(Clocks.Untimed)]
    public void A_schedule_that_violates_nothing_is_recorded_and_replayed_to_its_end(Clocks clock)
    {
        Scenario scenario = ScenarioLibrary.Find("first-election-3")! with { Clocks = clock };
        Schedule written = TracedRun.Record(scenario, new ExplorationOptions { Seed = 3 }, 5);

        Schedule read = ScheduleFile.Parse("a file", Lines(written));
        Assert.False(read.Header.HasViolation);
        Assert.Equal((3UL, 5L, ""), (read.Header.Seed, read.Header.Iteration, read.Header.Property));
        Assert.Equal(new ReplayOutcome(null, null, null), Replayer.Replay(scenario, read));

        ReplayOutcome shorter = Replayer.Replay(scenario, read with { Decisions = [.. read.Decisions.SkipLast(1)] });
        Assert.StartsWith($"decision {read.Decisions.Count}: the schedule has ended; the run goes on with", shorter.Divergence);
        ReplayOutcome longer = Replayer.Replay(scenario, read with { Decisions = [.. read.Decisions, read.Decisions[^1]] });
        Assert.StartsWith($"decision {read.Decisions.Count + 1}: the schedule says", longer.Divergence);
        Assert.EndsWith("the run has already ended", longer.Divergence);
    }

    [Fact]
    public void A_violation_in_a_schedule_without_one_is_the_outcome()
    {
        Scenario sound = Broken.WhenTheSecondLeads() with { Body = static async cluster => await cluster.LeaderAsync() };
        Scenario failing = sound with
        {
            Body = static async cluster =>
            {
                await cluster.LeaderAsync();
                cluster.Simulation.Fail(Broken.Property, "somebody leads");
            },
        };
        Schedule kept = TracedRun.Record(sound, new ExplorationOptions(), 1);

        Assert.Equal(new ReplayOutcome(Broken.Property, "somebody leads", null), Replayer.Replay(failing, kept));
    }

    [Fact]
    public void A_recorded_schedule_with_a_violation_is_the_one_that_is_found()
    {
        Scenario scenario = Broken.WhenTheSecondLeads();
        Schedule found = Find(scenario);
        Schedule recorded = TracedRun.Record(scenario, new ExplorationOptions(), found.Header.Iteration);

        Assert.Equal(found.Header, recorded.Header);
        Assert.Equal(found.Decisions, recorded.Decisions);
    }

    [Theory]
    [InlineData(0, "", "a.schedule, line 1: not a JSON object; expected a schedule's header")]
    [InlineData(0, "[]", "a.schedule, line 1: found Array; expected a JSON object")]
    [InlineData(0, "{\"format\":99}", "a.schedule, line 1: the schedule has format version 99; this build reads version 1")]
    [InlineData(0, "{\"scenario\":\"x\"}", "a.schedule, line 1: \"format\" is missing")]
    [InlineData(3, "{\"step\":0", "a.schedule, line 4: not a JSON object; expected a decision")]
    [InlineData(3, "{\"step\":5,\"of\":2,\"what\":\"x\",\"state\":\"00\"}", "a.schedule, line 4: decision 5 of 2 possibilities; expected 0 to 1")]
    [InlineData(3, "{\"step\":0,\"of\":2,\"what\":\"x\",\"state\":\"zz\"}", "a.schedule, line 4: \"state\" is 'zz'; expected 16 hexadecimal digits")]
    [InlineData(3, "{\"of\":2}", "a.schedule, line 4: found neither \"step\" nor \"draw\"; expected a decision")]
    public void A_malformed_line_is_named(int line, string content, string message)
    {
        string[] lines = Lines(Find(Broken.WhenTheSecondLeads()));
        lines[line] = content;

        ScheduleFormatException exception = Assert.Throws<ScheduleFormatException>(() => ScheduleFile.Parse("a.schedule", lines));

        Assert.Equal(message, exception.Message);
    }

    [Fact]
    public void A_truncated_file_is_recognised_wherever_it_was_cut()
    {
        string[] lines = Lines(Find(Broken.WhenTheSecondLeads()));
        foreach (int length in new[] { 0, 1, 2, lines.Length / 2, lines.Length - 1 })
        {
            Assert.Throws<ScheduleFormatException>(() => ScheduleFile.Parse("a.schedule", lines[..length]));
        }

        string[] halfLine = [.. lines[..5], lines[5][..10]];
        Assert.Throws<ScheduleFormatException>(() => ScheduleFile.Parse("a.schedule", halfLine));
    }

    private static Schedule Find(Scenario scenario)
    {
        FoundViolation? violation = new Explorer(scenario, new ExplorationOptions { Iterations = 100, Workers = 1 }).Run().Violation;
        Assert.NotNull(violation);
        return violation.Schedule;
    }

    private static string[] Lines(Schedule schedule) => ScheduleFile.Format(schedule).TrimEnd('\n').Split('\n');
}
