using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Lab;
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

    /// <summary>Whether it limits the time of an operation, which is to be had on the labs' network only: the other one has latencies of its own.</summary>
    public bool IsAboutSpeed { get; init; }

    /// <summary>Makes the service's state machine.</summary>
    public required Func<ISimulatedProcess, IRaftStateMachine> StateMachine { get; init; }

    /// <summary>Makes the model that answers and snapshots are compared with.</summary>
    public required Func<IStateMachineModel> Model { get; init; }

    /// <summary>What it does.</summary>
    public required Func<SimulatedCluster, ServiceTest, Task> Body { get; init; }

    /// <summary>The test on the labs' network. Long delays are off, as in all tests of services.</summary>
    public Scenario ToScenario() => Make("lab-", "the lab's", new LabNetworkSettings { IsReliable = !IsUnreliable }, FaultMix.Reliable);

    /// <summary>The test on the network that loses, repeats, delays and reorders single messages, those of clients among them.</summary>
    public Scenario ToChaosScenario() =>
        Make("lab-chaos-", IsUnreliable ? "loss, duplication, delay" : "latencies", null, IsUnreliable ? LabTest.ChaosFaults : FaultMix.Reliable);

    /// <inheritdoc />
    public override string ToString() => Name;

    // A save takes 0 to 4 ms: where neither network nor disk took time, a client could do any number of operations at one moment.
    private Scenario Make(string prefix, string faults, LabNetworkSettings? lab, FaultMix mix) => new()
    {
        Name = $"{prefix}{string.Join('-', Name.Split('/').SkipLast(1).Append(LabTest.Hyphenated(Name.Split('/')[^1])))}",
        LooksFor = Demands,
        Faults = faults,
        Cluster = new ClusterSettings
        {
            Servers = Servers,
            StateMachine = StateMachine,
            Model = Model,
            Lab = lab,
            Faults = mix,
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
}
