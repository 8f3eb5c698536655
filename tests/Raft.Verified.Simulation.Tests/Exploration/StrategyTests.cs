using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Simulation;
using Xunit;

namespace Raft.Verified.Tests.Exploration;

/// <summary>The promises of single strategies, on operations made by hand.</summary>
public sealed class StrategyTests
{
    [Fact]
    public void After_a_step_partial_order_sampling_draws_anew_for_the_same_server_and_keeps_the_order_of_the_others()
    {
        PosStrategy strategy = new();
        int reordered = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            strategy.Begin(seed, servers: 2, expectedSteps: 100);
            Pending[] others = [Message(1, actor: 2), Message(2, actor: 2), Message(3, actor: 2)];
            ulong before = Choose(strategy, others);

            // As often as one may ask: only steps of the same server count. The choice itself was one, so a fresh strategy is asked afterwards.
            strategy.Begin(seed, servers: 2, expectedSteps: 100);
            Choose(strategy, Message(10, actor: 1));
            Choose(strategy, Message(11, actor: 1));
            Assert.Equal(before, Choose(strategy, others));

            strategy.Begin(seed, servers: 2, expectedSteps: 100);
            Choose(strategy, Message(10, actor: 2));
            reordered += Choose(strategy, others) == before ? 0 : 1;
        }

        Assert.InRange(reordered, 40, 90);
    }

    [Fact]
    public void After_a_step_of_the_environment_partial_order_sampling_draws_anew_for_all_servers()
    {
        PosStrategy strategy = new();
        int reordered = 0;
        for (ulong seed = 1; seed <= 100; seed++)
        {
            Pending[] operations = [Message(1, actor: 1), Message(2, actor: 2), Message(3, actor: 2)];
            strategy.Begin(seed, servers: 2, expectedSteps: 100);
            ulong before = Choose(strategy, operations);
            strategy.Begin(seed, servers: 2, expectedSteps: 100);
            Choose(strategy, Message(10, actor: 0));
            reordered += Choose(strategy, operations) == before ? 0 : 1;
        }

        Assert.InRange(reordered, 40, 90);
    }

    [Fact]
    public void Partial_order_sampling_gives_each_of_several_operations_its_turn()
    {
        PosStrategy strategy = new();
        int[] first = new int[4];
        for (ulong seed = 1; seed <= 400; seed++)
        {
            strategy.Begin(seed, servers: 2, expectedSteps: 100);
            first[Choose(strategy, Message(1, actor: 1), Message(2, actor: 2), Message(3, actor: 2))]++;
        }

        Assert.All(first[1..], count => Assert.InRange(count, 90, 180));
    }

    [Fact]
    public void Without_delays_operations_run_as_they_are_due_the_older_first()
    {
        DelayStrategy strategy = new(maxDelays: 0);
        strategy.Begin(seed: 1, servers: 2, expectedSteps: 100);
        List<Pending> pending =
        [
            Timer(1, actor: 1, due: 9, order: 0), Message(2, actor: 2, due: 5, order: 3), Message(3, actor: 1, due: 5, order: 2), Message(4, actor: 1, due: 2, order: 7),
        ];

        List<ulong> ran = RunAll(strategy, pending);

        Assert.Equal([4UL, 3UL, 2UL, 1UL], ran);
    }

    [Fact]
    public void A_schedule_has_no_more_delays_than_the_bound_and_none_is_lost()
    {
        HashSet<int> numbers = [];
        DelayStrategy strategy = new(maxDelays: 3);
        for (ulong seed = 1; seed <= 200; seed++)
        {
            strategy.Begin(seed, servers: 2, expectedSteps: 40);
            List<ulong> ran = RunAll(strategy, [.. Enumerable.Range(1, 40).Select(i => Message((ulong)i, actor: 1, order: i))]);
            Assert.Equal(40, ran.Distinct().Count());
            numbers.Add(Enumerable.Range(1, 40).Count(i => ran.Take(ran.IndexOf((ulong)i)).Any(earlier => earlier > (ulong)i)));
        }

        // So many operations were overtaken by a younger one.
        Assert.Equal([0, 1, 2, 3], numbers.Order());
    }

    [Theory]
    [InlineData("pos")]
    [InlineData("delay")]
    public void A_schedule_that_was_found_names_its_strategy_and_replays(string strategy)
    {
        Scenario scenario = Broken.WhenTheSecondLeads();
        FoundViolation? found = new Explorer(scenario, new ExplorationOptions { Strategy = strategy, Iterations = 200, Workers = 1 }).Run().Violation;

        Assert.NotNull(found);
        Assert.Equal(strategy, found.Schedule.Header.Strategy);
        Schedule read = ScheduleFile.Parse("a.schedule", ScheduleFile.Format(found.Schedule).TrimEnd('\n').Split('\n'));
        Assert.Equal(new ReplayOutcome(Broken.Property, "S2 leads", null), Replayer.Replay(scenario, read));
    }

    private static List<ulong> RunAll(Strategy strategy, List<Pending> pending)
    {
        List<ulong> ran = [];
        for (int step = 0; pending.Count > 0; step++)
        {
            ulong chosen = Choose(strategy, step, [.. pending]);
            ran.Add(chosen);
            pending.RemoveAll(operation => operation.Identity == chosen);
        }

        return ran;
    }

    private static ulong Choose(Strategy strategy, params Pending[] pending) => Choose(strategy, 0, pending);

    private static ulong Choose(Strategy strategy, int step, Pending[] pending)
    {
        ReadyOperations ready = new();
        foreach (Pending operation in pending)
        {
            PendingOperation added = new()
            {
                Payload = operation,
                Identity = operation.Identity,
                Actor = operation.Actor,
                Due = operation.Due,
                Order = operation.Order,
            };
            ready[operation.Kind].Add(in added);
        }

        return ready.Remove(strategy.ChooseOperation(ready, step)).Identity;
    }

    private static Pending Message(ulong identity, int actor, long due = 0, int order = 0) => new(OperationKind.Message, identity, actor, due, order);

    private static Pending Timer(ulong identity, int actor, long due = 0, int order = 0) => new(OperationKind.Timer, identity, actor, due, order);

    private sealed record Pending(OperationKind Kind, ulong Identity, int Actor, long Due, int Order);
}
