using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Scenarios.Lab;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Cli;

/// <summary>Small scenarios that end in every way a run can end.</summary>
internal static class MadeUpScenarios
{
    private static int _runs;

    /// <summary>Finds nothing and reaches its goal.</summary>
    public static Scenario Sound { get; } = Make("sound-one", goal: true, async cluster => await cluster.LeaderAsync());

    /// <summary>Wrong on purpose: claims that S2 never leads.</summary>
    public static Scenario Broken { get; } = Make("broken", goal: true, async cluster =>
    {
        SimulatedServer leader = await cluster.LeaderAsync();
        if (leader.Id == new ServerId(2))
        {
            cluster.Simulation.Fail("S2NeverLeads", "S2 leads\nand should not");
        }
    });

    /// <summary>Wrong on purpose, in every schedule.</summary>
    public static Scenario Hopeless { get; } = Make("hopeless", goal: true, async cluster =>
    {
        await cluster.LeaderAsync();
        cluster.Simulation.Fail("NobodyEverLeads", "somebody leads");
    });

    /// <summary>Has a goal that cannot be reached.</summary>
    public static Scenario Unreached { get; } = Make("sound-unreached", goal: false, async cluster => await cluster.LeaderAsync());

    /// <summary>Does something else each time.</summary>
    public static Scenario Erratic { get; } = Make("erratic", goal: true, async cluster =>
    {
        await cluster.LeaderAsync();
        cluster.Say(new ServerId(1 + (Interlocked.Increment(ref _runs) % 2)), "something else each time");
    });

    public static IReadOnlyList<Scenario> All { get; } = [Sound, Broken, Hopeless, Unreached, Erratic];

    /// <summary>Not listed.</summary>
    public static IReadOnlyList<Scenario> FoundByName { get; } = [Sound with { Name = "lab-quiet" }, Sound with { Name = "sound-quiet" }];

    /// <summary>Lab tests that end in every way.</summary>
    public static IReadOnlyList<LabSuiteTest> Lab { get; } =
    [
        new("Quiet3A", Sound, new PublishedFigures(2024, 3.5, 58, 16_840, 0)),
        new("QuietToo3A", Sound with { Name = "sound-too" }, new PublishedFigures(2025, 1, 2)),
        new("Quiet3B", Sound with { Name = "sound-three" }, null),
        new("Faulty3B", Broken, null),
        new("Hopeless3C", Hopeless, null),
    ];

    private static Scenario Make(string name, bool goal, Func<SimulatedCluster, Task> body) => new()
    {
        Name = name,
        LooksFor = "nothing in particular",
        Faults = "none",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => new NothingMachine() },
        Goals = [new Goal(goal ? "a leader is elected" : "pigs fly", RaftEventKind.RoleChanged, (in RaftEvent e, ClusterView _) => goal && e.Role == Role.Leader)],
        Clocks = Clocks.Timed,
        Body = body,
    };

    /// <summary>A state machine that has no state.</summary>
    private sealed class NothingMachine : IRaftStateMachine
    {
        public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) => ValueTask.FromResult(ReadOnlyMemory<byte>.Empty);

        public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(ReadOnlyMemory<byte>.Empty);

        public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
