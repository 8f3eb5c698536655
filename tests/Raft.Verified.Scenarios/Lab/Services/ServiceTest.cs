using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Simulation;
using Raft.Verified.Exploration.Simulation.Lab;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>One lab test of a service on top of Raft, under the lab's name.</summary>
public sealed record ServiceTest
{
    /// <summary>The lab's name: those of kvraft as in 2024 (<c>Basic4A</c>), those of rsm as in 2025 with a prefix (<c>rsm/Basic4A</c>).</summary>
    public required string Name { get; init; }

    /// <summary>What it demands, in a line.</summary>
    public required string Demands { get; init; }

    /// <summary>How many servers.</summary>
    public required int Servers { get; init; }

    /// <summary>Whether the network is unreliable, between servers and from clients to them.</summary>
    public bool IsUnreliable { get; init; }

    /// <summary>The lab's <c>maxraftstate</c>: after how many bytes the log is compacted; -1: never, and then there must be no snapshot.</summary>
    public int MaxRaftState { get; init; } = -1;

    /// <summary>Makes the service's state machine.</summary>
    public required Func<ISimulatedProcess, IStateMachine> StateMachine { get; init; }

    /// <summary>Makes the model that answers and snapshots are compared with.</summary>
    public required Func<IStateMachineModel> Model { get; init; }

    /// <summary>What it does.</summary>
    public required Func<SimulatedCluster, ServiceTest, Task> Body { get; init; }

    /// <summary>The test on the labs' network. Long delays are off, as in all tests of services.</summary>
    public Scenario ToScenario() => new()
    {
        Name = $"lab-{string.Join('-', Name.Split('/').SkipLast(1).Append(LabTest.Hyphenated(Name.Split('/')[^1])))}",
        LooksFor = Demands,
        Faults = "the lab's",
        Cluster = new ClusterSettings
        {
            Servers = Servers,
            StateMachine = StateMachine,
            Model = Model,
            Lab = new LabNetworkSettings { IsReliable = !IsUnreliable },

            // A save takes 0 to 4 ms: where neither network nor disk took time, a client could do any number of operations at one moment.
            Faults = FaultMix.Reliable,
            HeartbeatInterval = TimeSpan.FromMilliseconds(100),
            ElectionTimeoutMin = TimeSpan.FromMilliseconds(300),
            ElectionTimeoutMax = TimeSpan.FromMilliseconds(600),
            SnapshotBytes = Math.Max(0, MaxRaftState),
            MaxEntriesPerAppend = 256,
            MaxSnapshotChunkBytes = 1 << 20,
        },
        Clocks = Clocks.Timed,
        UnfairSteps = 1_000_000,
        Body = cluster => Body(cluster, this),

        // The test's own clients have asked for everything that there is to ask.
        Afterwards = static _ => Task.CompletedTask,
    };

    /// <inheritdoc />
    public override string ToString() => Name;
}
