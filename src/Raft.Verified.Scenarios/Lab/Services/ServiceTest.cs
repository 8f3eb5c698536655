using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Lab;
using Raft.Verified.Specifications;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>One lab test of a service on top of Raft, under the lab's name.</summary>
public sealed record ServiceTest
{
    /// <summary>
    /// The lab's name. Tests of kvraft have their names of 2024 (<c>Basic4A</c>); tests of rsm have those of 2025 with
    /// a prefix (<c>rsm/Basic4A</c>).
    /// </summary>
    public required string Name { get; init; }

    /// <summary>The requirement that the test checks, in one line.</summary>
    public required string Demands { get; init; }

    /// <summary>The number of servers.</summary>
    public required int Servers { get; init; }

    /// <summary>True when the network is unreliable, both between servers and between clients and servers.</summary>
    public bool IsUnreliable { get; init; }

    /// <summary>
    /// The lab's <c>maxraftstate</c>: the size in bytes at which the log is compacted. With -1 the log is never
    /// compacted, and there must be no snapshot.
    /// </summary>
    public int MaxRaftState { get; init; } = -1;

    /// <summary>
    /// True when the test limits the time of an operation, so that it runs only on the labs' network. The chaos network
    /// has its own latencies.
    /// </summary>
    public bool IsAboutSpeed { get; init; }

    /// <summary>The factory of the service's state machine.</summary>
    public required Func<ISimulatedProcess, IRaftStateMachine> StateMachine { get; init; }

    /// <summary>The factory of the sequential model for answers and snapshots.</summary>
    public required Func<IStateMachineModel> Model { get; init; }

    /// <summary>The steps of the test.</summary>
    public required Func<SimulatedCluster, ServiceTest, Task> Body { get; init; }

    /// <summary>
    /// Returns the test as a scenario on the labs' network. Long delays are off, as in all tests of services.
    /// </summary>
    public Scenario ToScenario() => Make("lab-", "the lab's", new LabNetworkSettings { IsReliable = !IsUnreliable }, FaultMix.Reliable);

    /// <summary>
    /// Returns the test as a scenario on the network that loses, repeats, delays and reorders single messages,
    /// including those of clients.
    /// </summary>
    public Scenario ToChaosScenario() =>
        Make("lab-chaos-", IsUnreliable ? "loss, duplication, delay" : "latencies", null, IsUnreliable ? LabTest.ChaosFaults : FaultMix.Reliable);

    /// <inheritdoc />
    public override string ToString() => Name;

    // Writing to the disk takes 0 to 4 ms. If neither network nor disk took time, a client could execute any number of
    // operations at one moment.
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

        // The test's own clients have received all their answers when the body ends.
        Afterwards = static _ => Task.CompletedTask,
    };
}
