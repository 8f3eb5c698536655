using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Scenarios;
using Raft.Verified.Simulation;
using Raft.Verified.Tests.Cli;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

public sealed class DfsTests
{
    [Fact]
    public void Every_order_of_the_messages_to_one_server_is_run_once()
    {
        List<string> orders = [];
        Search(new DfsStrategy(), 100, async runtime => orders.Add(await Delivered(runtime, messages: 4, actors: 1)));

        Assert.Equal(24, orders.Count);
        Assert.Equal(24, orders.Distinct().Count());
    }

    [Fact]
    public void Of_messages_to_different_servers_only_one_order_is_run()
    {
        Assert.Equal(1, Search(new DfsStrategy(), 100, static runtime => Delivered(runtime, messages: 4, actors: 4)));
        Assert.Equal(24, Search(new DfsStrategy(sleepSets: false), 100, static runtime => Delivered(runtime, messages: 4, actors: 4)));
    }

    [Fact]
    public void Sleep_sets_reach_the_states_and_violations_of_the_plain_search_with_fewer_schedules()
    {
        (int Schedules, HashSet<string> States, HashSet<string> Violations) reduced = States(new DfsStrategy());
        (int Schedules, HashSet<string> States, HashSet<string> Violations) plain = States(new DfsStrategy(sleepSets: false));

        Assert.Equal(plain.States.Order(), reduced.States.Order());
        Assert.Equal(plain.Violations.Order(), reduced.Violations.Order());
        Assert.NotEmpty(plain.Violations);
        Assert.InRange(reduced.Schedules, 1, plain.Schedules / 2);
    }

    [Fact]
    public void A_bug_that_one_order_of_very_many_shows_is_always_found()
    {
        int found = 0;
        Search(new DfsStrategy(), 100, async runtime =>
        {
            if (await Delivered(runtime, messages: 6, actors: 1) == "4 1 5 0 3 2")
            {
                found++;
            }
        });

        Assert.Equal(1, found);
    }

    [Fact]
    public void Beyond_the_bound_nothing_is_tried()
    {
        // The start of the program and two messages are within it, the order of the others is not.
        Assert.Equal(4 * 3, Search(new DfsStrategy(), 3, static runtime => Delivered(runtime, messages: 4, actors: 1)));
    }

    [Fact]
    public void Values_with_few_possibilities_are_all_tried_and_of_others_one_which_is_told()
    {
        HashSet<(int, bool, int)> values = [];
        DfsStrategy strategy = new();
        int schedules = Search(strategy, 100, runtime =>
        {
            values.Add((runtime.Choose(3, "few"), runtime.Happens(0.1, "fault"), runtime.Choose(1000, "many")));
            return Task.CompletedTask;
        });

        Assert.Equal(6, schedules);
        Assert.Equal(6, values.Select(value => (value.Item1, value.Item2)).Distinct().Count());
        Assert.Equal("of values with more than 4 possibilities only one", strategy.LeftOut);
    }

    [Fact]
    public void A_program_that_is_not_the_same_each_time_derails_the_search()
    {
        DfsStrategy strategy = new();
        int runs = 0;
        Search(strategy, 100, runtime => Delivered(runtime, messages: 3 + (++runs % 2), actors: 1));

        Assert.Contains("was different", strategy.Derailment);
    }

    [Fact]
    public void The_report_is_the_same_whatever_the_number_of_workers_and_the_slices_of_time()
    {
        ExplorationOptions options = new() { Strategy = "dfs", UnfairSteps = 8, Iterations = 100_000, Workers = 1 };
        Scenario scenario = ScenarioLibrary.Find("first-election-1")!;
        ExplorationReport one = new Explorer(scenario, options).Run();
        ExplorationReport three = new Explorer(scenario, options with { Workers = 3, SelfCheck = true }).Run();
        Explorer sliced = new(scenario, options with { Iterations = null, Time = TimeSpan.FromTicks(1) });
        ExplorationReport slice = sliced.Run();
        Assert.Null(slice.Exhausted);
        while (slice.Exhausted is null)
        {
            slice = sliced.Continue(TimeSpan.FromTicks(1));
        }

        Assert.Equal(new Exhaustion(8, "of values with more than 4 possibilities only one"), one.Exhausted);
        Assert.Null(one.Violation);
        Assert.Null(three.Violation);
        Assert.All([three, slice], report =>
        {
            Assert.Equal(one.Exhausted, report.Exhausted);
            Assert.Equal((one.Iterations, one.Decisions, one.EventHash, one.Workers), (report.Iterations, report.Decisions, report.EventHash, report.Workers));
            Assert.Equal(one.Goals, report.Goals);
        });
    }

    [Fact]
    public void Shards_are_refused()
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(() =>
            new Explorer(ScenarioLibrary.All[0], new ExplorationOptions { Strategy = "dfs", Iterations = 10, Shards = 2 }));
        Assert.Contains("each of its schedules depends on the one before", refusal.Message);
    }

    [Fact]
    public void The_command_says_that_everything_was_run()
    {
        using TemporaryFolder folder = new();
        CommandRun text = CommandRun.Of("test", "sound-unreached", "--strategy", "dfs", "--max-steps", "6", "--seconds", "600", "--workers", "2", "--out", folder.FullName);
        CommandRun json = CommandRun.Of("test", "sound-one", "--strategy", "dfs", "--max-steps", "6", "--seconds", "600", "--json", "--out", folder.FullName);

        // What is out of bounds is no failure.
        Assert.Equal(0, text.Exit);
        Assert.Matches("(?m)^sound-unreached: exhausted: all [0-9]+ schedules within the first 6 steps were run; of values", text.Out);
        Assert.Contains("sound-unreached: goals not reached", text.Out);
        Assert.Contains(", 1 worker)", text.Out);
        Assert.Equal(0, json.Exit);
        Assert.Contains("\"exhausted\": true", json.Out);
    }

    [Fact]
    public void A_schedule_that_was_found_names_its_strategy_and_replays()
    {
        using TemporaryFolder folder = new();
        CommandRun test = CommandRun.Of("test", "hopeless", "--strategy", "dfs", "--out", folder.FullName);
        Assert.Equal(2, test.Exit);
        Assert.Contains("found in: schedule 0 of 1, strategy dfs, timed, ", test.Out);
        CommandRun replay = CommandRun.Of("replay", Assert.Single(Directory.GetFiles(folder.FullName)));
        Assert.Equal(2, replay.Exit);
        Assert.Contains("reproduced: yes", replay.Out);
    }

    // How many schedules there are, the states after any step of any of them, and what was violated.
    private static (int Schedules, HashSet<string> States, HashSet<string> Violations) States(DfsStrategy strategy)
    {
        HashSet<string> states = [];
        HashSet<string> violations = [];
        int schedules = Search(
            strategy, 100, runtime => PassOn(runtime, states),
            runtime => violations.Add(runtime.FailedProperty ?? "none"));
        return (schedules, states, violations);
    }

    // Three servers that send each other messages, and note what they get in which order.
    private static async Task PassOn(ControlledRuntime runtime, HashSet<string> states)
    {
        string[] got = ["", "", "", ""];
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int left = 5;
        runtime.AfterStep = () => states.Add(string.Join('|', got));
        Send(1, "a", () => Send(2, "b", null));
        Send(2, "c", () => Send(3, "d", null));
        Send(3, "e", null);
        await done.Task;

        void Send(int to, string what, Action? then) => runtime.Post(
            new Message(to, () =>
            {
                got[to] += what;
                then?.Invoke();
                if (got[2] == "bc" && to == 2)
                {
                    runtime.Fail("Overtaken", "b before c");
                }

                if (--left == 0)
                {
                    done.SetResult();
                }
            }),
            TimeSpan.Zero,
            null);
    }

    // Delivers messages to some servers; gives their numbers in the order of arrival.
    private static async Task<string> Delivered(ControlledRuntime runtime, int messages, int actors)
    {
        List<int> arrived = [];
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        for (int i = 0; i < messages; i++)
        {
            int number = i;
            Message message = new(1 + (i % actors), () =>
            {
                arrived.Add(number);
                if (arrived.Count == messages)
                {
                    done.SetResult();
                }
            });
            runtime.Post(message, TimeSpan.Zero, null);
        }

        await done.Task;
        return string.Join(' ', arrived);
    }

    private static int Search(DfsStrategy strategy, int steps, Func<ControlledRuntime, Task> program, Action<ControlledRuntime>? ended = null)
    {
        int schedules = 0;
        while (strategy.Derailment is null && strategy.MoveOn())
        {
            strategy.Begin(seed: 1, servers: 4, steps);
            ControlledRuntime runtime = new(strategy, timed: false, ScheduleBounds.FromUnfairSteps(steps));
            runtime.Run(() => program(runtime));
            if (!runtime.IsAbandoned)
            {
                schedules++;
                ended?.Invoke(runtime);
            }
        }

        return schedules;
    }

    private sealed class Message(int to, Action arrive) : Operation
    {
        public override OperationKind Kind => OperationKind.Message;

        public override int Actor => to;

        public override void Run() => arrive();

        public override string ToString() => $"message to S{to}";
    }
}
