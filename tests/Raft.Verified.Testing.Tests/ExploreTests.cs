using System.Text.RegularExpressions;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Raft.Verified.Testing;
using Xunit;

namespace Raft.Verified.Tests.Testing;

/// <summary>A scenario as a unit test: what is reported, and what lies in the folder afterwards.</summary>
public sealed partial class ExploreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private RaftTestOptions Options => new() { Iterations = 50, Workers = 1, OutputFolder = _folder.File("failures"), RegressionFolder = "" };

    [Fact]
    public async Task A_violation_is_told_in_full()
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(TestScenarios.Broken, Options));
        Assert.Equal(
            """
            Scenario 'broken' violates S2NeverLeads.
              S2 leads
              and should not

            property: This is a check of the scenario itself, not a property of the catalogue. (the scenario)
            found in: schedule 0 of 1, seed 1 (strategy pct, timed)
            shrunk:   from 67 to 6 decisions, and 61 by the fair scheduler in T s; nothing more can be removed

            The last 20 of 22 lines in the log of the shrunk run:
              # leader   ? candidate   | follower   blank: down   ->S2: sent to S2   <-S2: received from S2   t1: term 1
              3/2: entry 3 of term 2   [s4/2 5-7/3]: log with a snapshot through entry 4, then entries 5 to 7 of term 3
              c4: commit index 4
                step     time where
                   7    0.000 S3   | UP t0 []
                  27    0.150 S2   | election timer
                  28    0.150 S2   | t1
                              S2   | t1 vote S2
                              S2   ? t1 CANDIDATE
                  35    0.154 S2   ? ->S1 Vote? last 0/0
                  37    0.154 S2   ? ->S3 Vote? last 0/0
                  41    0.183 S1   | <-S2 Vote? t1 last 0/0
                              S1   | t1
                              S1   | t1 vote S2
                  43    0.183 S3   | <-S2 Vote? t1 last 0/0
                              S3   | t1
                              S3   | t1 vote S2
                  52    0.184 S3   | ->S2 Vote yes
                  57    0.185 S1   | ->S2 Vote yes
                  60    0.211 S2   ? <-S1 Vote yes
                              S2   # t1 LEADER
                              S2   # + 1/1 [1/1]
                  63    0.211 S2   # ->S1 Append 0/0 +1/1 c0
                  65    0.211 S2   # ->S3 Append 0/0 +1/1 c0

            schedule: failures/broken-1-0-HASH.schedule
            smallest: failures/broken-1-0-HASH.min.schedule
            log:      failures/broken-1-0-HASH.min.log
            page:     failures/broken-1-0-HASH.min.html
            replay:   raft replay failures/broken-1-0-HASH.min.schedule --assembly DLL

            """,
            Scrubbed(failure));
    }

    [Fact]
    public async Task A_violation_leaves_files_that_show_it_again()
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(TestScenarios.Broken, Options));

        Assert.Equal(("broken", "S2NeverLeads", "S2 leads\nand should not"), (failure.Scenario, failure.Property, failure.Violation));
        Assert.Null(failure.InnerException);
        string[] files = [failure.FoundSchedule!, failure.Schedule!, failure.Log!, failure.Page!];
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(_folder.File("failures")).Order(StringComparer.Ordinal));
        Schedule found = ScheduleFile.Read(failure.FoundSchedule!);
        Schedule smallest = ScheduleFile.Read(failure.Schedule!);
        Assert.Equal(found.Decisions.Count, smallest.Header.ShrunkFrom);
        Assert.All([found, smallest], schedule => Assert.Equal(
            typeof(ExploreTests).Assembly.Location, Path.GetFullPath(schedule.Header.Assembly!, _folder.File("failures"))));
        Assert.InRange(smallest.Decisions.Count, 1, found.Decisions.Count - 1);
        Assert.Equal(new ReplayOutcome("S2NeverLeads", "S2 leads\nand should not", null), Replayer.Replay(TestScenarios.Broken, smallest));
        Assert.EndsWith("violated: S2NeverLeads\n  S2 leads\n  and should not\n", (await File.ReadAllTextAsync(failure.Log!)).ReplaceLineEndings("\n"));
        Assert.Contains("<title>S2NeverLeads: broken</title>", await File.ReadAllTextAsync(failure.Page!));
    }

    [Fact]
    public async Task The_message_is_that_of_the_shrunk_run()
    {
        Scenario scenario = TestScenarios.Make("timed", async cluster =>
        {
            await cluster.LeaderAsync();
            cluster.Simulation.Fail("Never", $"at {cluster.Simulation.Now.TotalMilliseconds} ms");
        });
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(scenario, Options));

        Assert.NotEqual(failure.Violation, ScheduleFile.Read(failure.FoundSchedule!).Header.Message);
        Assert.Equal(failure.Violation, ScheduleFile.Read(failure.Schedule!).Header.Message);
        Assert.StartsWith($"Scenario 'timed' violates Never.\n  {failure.Violation}\n", failure.Message);
    }

    [Fact]
    public async Task A_goal_that_is_never_reached_fails()
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(TestScenarios.Unreached, Options));

        Assert.Equal(
            """
            Scenario 'unreached' never reached 1 of 2 goals in 50 schedules (T s). It may not test what it should.

              in 50 schedules       a leader is elected
              never                 pigs fly

            Give the exploration more time (RaftTestOptions.Time, or the environment variable RAFT_TEST_SECONDS), or change the scenario so that it reaches the goal.

            """,
            Scrubbed(failure));
        Assert.Equal(["pigs fly"], failure.UnreachedGoals);
        Assert.Null(failure.Property);
        Assert.False(Directory.Exists(_folder.File("failures")));
    }

    [Fact]
    public async Task A_goal_need_not_be_reached_if_the_test_says_so()
    {
        RaftTestReport report = await RaftTest.ExploreAsync(TestScenarios.Unreached, Options with { GoalsMustBeReached = false });
        Assert.Equal([("a leader is elected", 50L), ("pigs fly", 0L)], report.Goals);
    }

    [Fact]
    public async Task A_scenario_without_a_bug_passes_with_a_report_and_leaves_nothing()
    {
        RaftTestReport report = await RaftTest.ExploreAsync(TestScenarios.Sound, Options);

        Assert.Equal((50, 0), (report.Schedules, report.Regressions));
        Assert.Matches("^sound: nothing found in 50 schedules with [0-9,]+ decisions in [0-9.]+ s, goals 1/1$", report.ToString());
        Assert.False(Directory.Exists(_folder.File("failures")));
    }

    [Fact]
    public async Task The_time_bounds_an_exploration_without_iterations()
    {
        RaftTestReport report = await RaftTest.ExploreAsync(TestScenarios.Sound, Options with { Iterations = null, Time = TimeSpan.FromSeconds(0.2) });
        Assert.InRange(report.Schedules, 1, long.MaxValue);
    }

    [Fact]
    public async Task An_exploration_without_bounds_is_refused() => await Assert.ThrowsAsync<ArgumentException>(
        () => RaftTest.ExploreAsync(TestScenarios.Sound, Options with { Iterations = null, Time = null }));

    [Fact]
    public async Task Tests_in_parallel_may_write_to_one_folder()
    {
        // One name, several bugs: no test gets the files of another one.
        Scenario[] scenarios = [.. Enumerable.Range(1, 4).Select(number => TestScenarios.Make("parallel", async cluster =>
        {
            await cluster.LeaderAsync();
            cluster.Simulation.Fail("Never", $"bug {number / 2}");
        }))];
        RaftTestException[] failures = await Task.WhenAll(
            scenarios.Select(scenario => Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(scenario, Options))));

        Assert.Equal(["bug 0", "bug 1", "bug 1", "bug 2"], failures.Select(failure => failure.Violation));
        Assert.All(failures, failure =>
        {
            Assert.Null(failure.InnerException);
            Assert.Equal(failure.Violation, ScheduleFile.Read(failure.FoundSchedule!).Header.Message);
            Assert.Equal(failure.Violation, ScheduleFile.Read(failure.Schedule!).Header.Message);
            Assert.EndsWith($"  {failure.Violation}\n", File.ReadAllText(failure.Log!).ReplaceLineEndings("\n"));
            Assert.Contains($"\"message\":\"{failure.Violation}\"", File.ReadAllText(failure.Page!));
        });
        Assert.Equal(3 * 4, Directory.GetFiles(_folder.File("failures")).Length);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_does_not_hide_the_violation()
    {
        await File.WriteAllTextAsync(_folder.File("failures"), "a file");
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(TestScenarios.Broken, Options));

        Assert.Equal("S2NeverLeads", failure.Property);
        Assert.Contains("violates S2NeverLeads", failure.Message);
        Assert.Contains("t1 LEADER", failure.Message);
        Assert.Matches("\nschedule: none, because .*cannot be written: .*\nsmallest: none, because .*\nlog: +none, because .*\npage: +none, because .*\n$", failure.Message);
        Assert.Equal((null, null, null, null), (failure.FoundSchedule, failure.Schedule, failure.Log, failure.Page));
        Assert.IsType<AggregateException>(failure.InnerException);
    }

    [Fact]
    public async Task A_failure_to_shrink_does_not_hide_the_violation()
    {
        // The exploration runs the schedule twice, to find the labels of its decisions. Later runs go well.
        int runs = 0;
        Scenario scenario = TestScenarios.Make("sometimes", async cluster =>
        {
            await cluster.LeaderAsync();
            if (Interlocked.Increment(ref runs) <= 2)
            {
                cluster.Simulation.Fail("Never", "somebody leads");
            }
        });
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(scenario, Options));

        Assert.Equal(("Never", failure.FoundSchedule), (failure.Property, failure.Schedule));
        Assert.Contains("\nshrunk:   not shrunk, because that failed: ScheduleNotReproducedException: ", failure.Message);
        Assert.Contains("\nrepeated: no, because the schedule diverged: ", failure.Message);
        Assert.Contains("\nshrink:   raft shrink ", failure.Message);
        Assert.IsType<Raft.Verified.Exploration.Shrinking.ScheduleNotReproducedException>(failure.InnerException);
        Assert.All([failure.FoundSchedule, failure.Log, failure.Page], file => Assert.True(File.Exists(file)));
    }

    [Fact]
    public async Task A_scenario_that_is_not_deterministic_is_reported_as_such()
    {
        int runs = 0;
        Scenario scenario = TestScenarios.Make("erratic", async cluster =>
        {
            await cluster.LeaderAsync();
            if (Interlocked.Increment(ref runs) == 1)
            {
                cluster.Simulation.Fail("Never", "somebody leads");
            }
        });
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(scenario, Options));

        Assert.Equal(RuntimeFindings.Repeatability, failure.Property);
        Assert.Contains("schedule 0 violated Never (somebody leads), and did not when its decisions were repeated", failure.Message);
        Assert.Contains("\nshrunk:   not shrunk, because the run cannot be repeated; ", failure.Message);
    }

    [Fact]
    public async Task Without_time_to_shrink_the_schedule_stays_as_it_was_found()
    {
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(
            () => RaftTest.ExploreAsync(TestScenarios.Broken, Options with { ShrinkTime = TimeSpan.Zero }));

        Assert.Contains("\nshrunk:   not shrunk, because the options say so; ", failure.Message);
        Assert.Equal(failure.FoundSchedule, failure.Schedule);
        Assert.Equal(3, Directory.GetFiles(_folder.File("failures")).Length);
    }

    [Fact]
    public async Task A_cancelled_test_has_no_verdict()
    {
        using CancellationTokenSource stop = new();
        int runs = 0;
        Scenario scenario = TestScenarios.Make("cancelled", async cluster =>
        {
            await cluster.LeaderAsync();
            if (Interlocked.Increment(ref runs) == 20)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => RaftTest.ExploreAsync(scenario, Options with { Iterations = null, Time = TimeSpan.FromMinutes(10) }, stop.Token));
        Assert.InRange(runs, 20, 21);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RaftTest.ExploreAsync(scenario, Options, stop.Token));
        Assert.InRange(runs, 20, 21);
    }

    [Fact]
    public async Task A_violation_before_the_cancellation_is_reported()
    {
        using CancellationTokenSource stop = new();
        Scenario scenario = TestScenarios.Make("cancelled", async cluster =>
        {
            await cluster.LeaderAsync();
            stop.Cancel();
            cluster.Simulation.Fail("Never", "somebody leads");
        });
        RaftTestException failure = await Assert.ThrowsAsync<RaftTestException>(() => RaftTest.ExploreAsync(scenario, Options, stop.Token));
        Assert.Equal("Never", failure.Property);
    }

    // The message without what differs from machine to machine.
    private string Scrubbed(RaftTestException failure)
    {
        string text = failure.Message.Replace(typeof(ExploreTests).Assembly.Location, "DLL", StringComparison.Ordinal)
            .Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
        return Seconds().Replace(Hash().Replace(text, "-HASH."), "T s");
    }

    [GeneratedRegex(@"\b[0-9]+\.[0-9] s\b")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"-[0-9a-f]{8}\.")]
    private static partial Regex Hash();
}
