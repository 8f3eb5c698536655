using System.Globalization;
using Raft.Verified.Exploration;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Shrinking;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;
using Raft.Verified.StateMachines;
using Xunit;

namespace Raft.Verified.Tests.Machines;

/// <summary>State machines without a model: right ones pass, and each usual mistake is found with nothing but the state machine.</summary>
public sealed class BeginnersMistakesTests
{
    private const int Schedules = 20;

    private static readonly RaftCodec<WordCommand, string> Words = new(WordJson.Default);

    // Slots of a hash set are used again after a removal, and the snapshots after 1, 2 and 4 commands see different sets.
    private static readonly WordCommand[] Commands =
        [new(true, "ant"), new(true, "bee"), new(false, "ant"), new(true, "cow"), new(true, "dog"), new(false, "bee"), new(true, "eel"), new(true, "fox")];

    private static long _shared;

    [Fact]
    public void A_clock_is_found() =>
        Finds(() => new WordMachine(_ => DateTime.UtcNow.Ticks.ToString(CultureInfo.InvariantCulture)), "answers \"+\"", "to the command \"{\"Adds\":true", "but a copy of the state machine", "a clock");

    [Fact]
    public void A_guid_is_found() => Finds(() => new WordMachine(_ => Guid.NewGuid().ToString()), "but a copy of the state machine", "Guid.NewGuid");

    [Fact]
    public void A_static_counter_is_found() =>
        Finds(() => new WordMachine(_ => Interlocked.Increment(ref _shared).ToString(CultureInfo.InvariantCulture)), "but a copy of the state machine", "a static field");

    [Fact]
    public void The_order_of_a_hash_set_is_found() => Finds(() => new HashedMachine(answersSorted: false, clears: true), "restored from its snapshot through");

    [Fact]
    public void A_property_that_the_serializer_skips_is_found() =>
        Finds(
            () => new WordMachine(state =>
            {
                state.CountWhereItIsLost();
                return state.Lost.ToString(CultureInfo.InvariantCulture);
            }),
            "after a restore from it", "a private or get-only property");

    [Fact]
    public void A_restore_that_does_not_clear_is_found() => Finds(() => new HashedMachine(answersSorted: true, clears: false), "in place of the state after", "does not clear");

    [Fact]
    public void An_answer_in_a_buffer_that_is_used_again_is_found() => Finds(() => new BufferMachine(reuses: true), "has changed these bytes", "a buffer that it uses again");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_clock_and_the_randomness_of_the_process_are_found_too(bool clock) => Finds(
        process => new WordMachine(_ => clock ? process.Time.GetTimestamp().ToString(CultureInfo.InvariantCulture) : process.Random.Next(1000).ToString(CultureInfo.InvariantCulture)),
        "answers");

    [Fact]
    public void Servers_that_differ_are_found_although_copies_have_no_answer() => Finds(
        ScenarioOf(
            _ => new WaitingMachine(static machine => machine.Server is null ? new TaskCompletionSource().Task : Task.CompletedTask)
            {
                Suffix = static machine => machine.Server!.Id.ToString(),
            },
            starting: Attach),
        "but S", "answered");

    [Fact]
    public void Right_state_machines_pass()
    {
        Passes(ScenarioOf(_ => new WordMachine(state => $"{state.Commands} {string.Join(' ', state.Words)}")));
        Passes(ScenarioOf(_ => new HashedMachine(answersSorted: true, clears: true)));
        Passes(ScenarioOf(_ => new BufferMachine(reuses: false)));
    }

    [Fact]
    public void A_state_machine_that_waits_passes_and_its_mistake_is_found()
    {
        Passes(ScenarioOf(_ => new WaitingMachine(static async _ => await Task.Yield())));
        Finds(ScenarioOf(_ => new WaitingMachine(static async _ => await Task.Yield()) { Suffix = static _ => Guid.NewGuid().ToString() }), "but a copy of the state machine");
    }

    [Fact]
    public void A_state_machine_that_needs_its_server_passes_without_the_replay()
    {
        Scenario scenario = ScenarioOf(
            _ => new WaitingMachine(static machine => machine.Server!.IsUp ? Task.CompletedTask : throw new InvalidOperationException()), starting: Attach);
        Finds(scenario, "NullReferenceException", "set ReplaysMachine to false");
        Passes(scenario with { Cluster = scenario.Cluster with { ReplaysMachine = false } });
    }

    [Fact]
    public void Snapshots_that_differ_for_equal_states_pass_when_the_settings_say_so()
    {
        int taken = 0;
        Scenario scenario = ScenarioOf(_ => new PaddedMachine(() => ++taken % 3));
        Finds(scenario, "set HasCanonicalSnapshots to false");
        Passes(scenario with { Cluster = scenario.Cluster with { HasCanonicalSnapshots = false } });
    }

    [Fact]
    public void The_state_machine_itself_can_be_the_model()
    {
        Scenario right = ScenarioOf(_ => new WordMachine(state => string.Join(' ', state.Words)));
        Passes(right with { Cluster = right.Cluster with { Model = StateMachineModel.Of(() => new WordMachine(state => string.Join(' ', state.Words))) } });
        Scenario wrong = right with { Cluster = right.Cluster with { Model = StateMachineModel.Of(() => new WordMachine(_ => "something else")) } };
        Assert.Equal(nameof(ClientLinearizability), Explore(wrong).Violation?.Property);
    }

    [Fact]
    public void The_copies_add_nothing_to_the_schedule()
    {
        Scenario scenario = ScenarioOf(process => new WordMachine(state => string.Join(' ', state.Words)));
        ExplorationReport with = Explore(scenario);
        ExplorationReport without = Explore(scenario with { Cluster = scenario.Cluster with { ReplaysMachine = false } });
        Assert.Equal(with.EventHash, without.EventHash);
        Assert.Equal(with.Decisions, without.Decisions);
    }

    [Fact]
    public void What_an_unrepeatable_state_machine_does_is_replayed_and_shrunk_all_the_same()
    {
        Scenario scenario = ScenarioOf(_ => new WordMachine(_ => Guid.NewGuid().ToString()));
        Schedule found = Explore(scenario).Violation!.Schedule;
        ReplayOutcome outcome = Replayer.Replay(scenario, found);
        Assert.Null(outcome.Divergence);
        Assert.Equal(nameof(Determinism), outcome.Property);
        Schedule shrunk = Shrinker.Shrink(scenario, found, new ShrinkOptions()).Schedule;
        Assert.InRange(shrunk.Decisions.Count, 1, found.Decisions.Count);
        Assert.Equal(nameof(Determinism), Replayer.Replay(scenario, shrunk).Property);
    }

    [Fact]
    public void The_machine_in_the_README_is_about_thirty_lines_and_right()
    {
        string[] source = Repository.Lines("tests", "Raft.Verified.Simulation.Tests", "Machines", "BankMachine.cs");
        Assert.InRange(source.Length, 20, 38);
        Assert.Contains(string.Join('\n', source), string.Join('\n', Repository.Lines("src", "Raft.Verified", "README.md")), StringComparison.Ordinal);
        RaftCodec<Bank.Transfer, Bank.Receipt> bank = new(Bank.BankJson.Default);
        List<Bank.Receipt> receipts = [];
        Passes(ScenarioOf(_ => new Bank.BankMachine()) with
        {
            Body = async cluster =>
            {
                SimulatedClient client = cluster.CreateClient();
                receipts.Clear();
                receipts.Add((await client.ExecuteAsync(bank, new Bank.Transfer("a", "b", 300))).Answer);
                receipts.Add((await client.ExecuteAsync(bank, new Bank.Transfer("a", "b", 0))).Answer);
            },
        });
        Assert.Equal([new Bank.Receipt(false, 100), new Bank.Receipt(true, 100)], receipts);
    }

    private static void Finds(Func<IRaftStateMachine> machine, params string[] facts) => Finds(_ => machine(), facts);

    private static void Finds(Func<ISimulatedProcess, IRaftStateMachine> machine, params string[] facts) => Finds(ScenarioOf(machine), facts);

    private static void Finds(Scenario scenario, params string[] facts)
    {
        FoundViolation? violation = Explore(scenario).Violation;
        Assert.NotNull(violation);
        Assert.Equal(nameof(Determinism), violation.Property);
        Assert.All(facts, fact => Assert.Contains(fact, violation.Message, StringComparison.Ordinal));
    }

    private static void Passes(Scenario scenario)
    {
        ExplorationReport report = Explore(scenario);
        Assert.True(report.Violation is null, $"{report.Violation?.Property}: {report.Violation?.Message}");
        Assert.Equal(Schedules, report.Iterations);
    }

    private static ExplorationReport Explore(Scenario scenario) => new Explorer(scenario, new ExplorationOptions { Iterations = Schedules, Workers = 1 }).Run();

    private static void Attach(SimulatedServer server) => ((WaitingMachine)server.StateMachine!).Server = server;

    private static Scenario ScenarioOf(Func<ISimulatedProcess, IRaftStateMachine> machine, Action<SimulatedServer>? starting = null) => new()
    {
        Name = "beginner",
        LooksFor = "the mistake in a state machine",
        Faults = "crashes",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = machine, SnapshotThreshold = 3 },
        Body = async cluster =>
        {
            foreach (SimulatedServer server in cluster.Servers)
            {
                server.Starting = starting;
                starting?.Invoke(server);
            }

            SimulatedClient client = cluster.CreateClient();
            Task commands = client.Start(async () =>
            {
                foreach (WordCommand command in Commands)
                {
                    await client.ExecuteAsync((_, _) => Words.EncodeCommand(command));
                }
            });
            SimulatedServer leader = await cluster.LeaderAsync();
            await cluster.DelayAsync(TimeSpan.FromMilliseconds(cluster.Simulation.Choose(100, "ms until the leader crashes")));
            leader.Crash();
            leader.Start();
            await commands;
        },
    };
}
