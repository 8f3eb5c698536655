using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Specifications;

namespace Raft.Verified.Tests.Testing;

/// <summary>Small scenarios that end in every way a test can end.</summary>
internal static class TestScenarios
{
    /// <summary>Finds nothing and reaches its goal.</summary>
    public static Scenario Sound { get; } = Make("sound", async cluster => await cluster.LeaderAsync());

    /// <summary>Has a goal that cannot be reached.</summary>
    public static Scenario Unreached { get; } = Sound with
    {
        Name = "unreached",
        Goals = [.. Sound.Goals, new Goal("pigs fly", RaftEventKind.RoleChanged, static (in RaftEvent _, ClusterView _) => false)],
    };

    /// <summary>Claims that S2 never leads.</summary>
    public static Scenario Broken { get; } = Make("broken", async cluster =>
    {
        SimulatedServer leader = await cluster.LeaderAsync();
        if (leader.Id == new ServerId(2))
        {
            cluster.Simulation.Fail("S2NeverLeads", "S2 leads\nand should not");
        }
    });

    /// <summary>The same scenario without the claim.</summary>
    public static Scenario Mended { get; } = Broken with { Body = Sound.Body };

    /// <summary>Lets a client execute commands on a state machine.</summary>
    /// <param name="machine">The factory of the state machine of a server.</param>
    public static Scenario Executing(Func<IRaftStateMachine> machine) => Make("executing", async cluster =>
    {
        SimulatedClient client = cluster.CreateClient();
        await client.ExecuteAsync(static (_, _) => new byte[] { 1 });
    }) with
    {
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => machine() },
    };

    /// <summary>Creates a scenario with the body.</summary>
    /// <param name="name">The name.</param>
    /// <param name="body">The body.</param>
    public static Scenario Make(string name, Func<SimulatedCluster, Task> body) => new()
    {
        Name = name,
        LooksFor = "nothing in particular",
        Faults = "none",
        Cluster = new ClusterSettings { Servers = 3, StateMachine = _ => new CountingMachine() },
        Goals = [new Goal("a leader is elected", RaftEventKind.RoleChanged, static (in RaftEvent e, ClusterView _) => e.Role == Role.Leader)],
        Clocks = Clocks.Timed,
        Body = body,
    };
}
