using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Lab;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>The settings of a simulated cluster.</summary>
public sealed record ClusterSettings
{
    /// <summary>The number of servers; at least 1.</summary>
    public required int Servers { get; init; }

    /// <summary>
    /// A function that creates the state machine of one life of a server; it may use the clock and the randomness of
    /// the process.
    /// </summary>
    public required Func<ISimulatedProcess, IRaftStateMachine> StateMachine { get; init; }

    /// <summary>
    /// A function that creates the sequential model that answers and snapshots are compared with. Null to compare them
    /// with copies of the state machine itself, by the property <see cref="Determinism"/>.
    /// </summary>
    public Func<IStateMachineModel>? Model { get; init; }

    /// <summary>
    /// True, the default, when the log is replayed on copies of the state machine where there is no <see cref="Model"/>.
    /// False for a state machine that works only inside its server; the servers are then compared with each other only.
    /// </summary>
    public bool ReplaysMachine { get; init; } = true;

    /// <summary>
    /// True, the default, when equal states have equal snapshots. If false, and without a <see cref="Model"/>, the bytes
    /// of snapshots are not compared. A model compares them in its own form; see <see cref="IStateMachineModel.StateIn"/>.
    /// </summary>
    public bool HasCanonicalSnapshots { get; init; } = true;

    /// <summary>The faults of network and disk from the start.</summary>
    public FaultMix Faults { get; init; } = FaultMix.Reliable;

    /// <summary>
    /// The settings of the labs' network; <see cref="Faults"/> then apply to the disks only. Null for the network that
    /// <see cref="Faults"/> describe.
    /// </summary>
    public LabNetworkSettings? Lab { get; init; }

    /// <summary>The shortest election timeout.</summary>
    public TimeSpan ElectionTimeoutMin { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The longest election timeout.</summary>
    public TimeSpan ElectionTimeoutMax { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The heartbeat interval.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The highest rate of a server's clock, as a multiple of virtual time; the lowest rate is its inverse. Each life
    /// of a server draws a rate of its own. At least 1, the default, with which all clocks run alike. For a stable
    /// leader, <see cref="ElectionTimeoutMin"/> on the fastest clock must be longer than
    /// <see cref="HeartbeatInterval"/> on the slowest.
    /// </summary>
    public double MaxClockRate { get; init; } = 1;

    /// <summary>The maximum number of messages that a server queues per peer; the oldest are dropped.</summary>
    public int MaxQueuedMessagesPerPeer { get; init; } = 1024;

    /// <summary>The number of entries after which a server compacts its log; 0 for never.</summary>
    public int SnapshotThreshold { get; init; }

    /// <summary>
    /// Chooses, at each start of a server, the number of entries after which it compacts its log; its draws are
    /// decisions of the schedule. Null for <see cref="SnapshotThreshold"/> on all servers.
    /// </summary>
    public Func<ISimulation, ServerId, int>? ChooseSnapshotThreshold { get; init; }

    /// <summary>The bytes of entries after which a server compacts its log; 0 for never.</summary>
    public long SnapshotBytes { get; init; }

    /// <summary>The maximum bytes of a snapshot per message; small, so that transfers have several chunks.</summary>
    public int MaxSnapshotChunkBytes { get; init; } = 64;

    /// <summary>The maximum number of entries per message.</summary>
    public int MaxEntriesPerAppend { get; init; } = 8;

    /// <summary>The maximum number of entries in flight to one server; null for four full messages.</summary>
    public int? MaxEntriesInFlight { get; init; }

    /// <summary>True when a new leader appends an empty entry.</summary>
    public bool AppendEmptyEntryOnElection { get; init; } = true;

    /// <summary>Creates every safety property, for one run of these servers.</summary>
    /// <param name="continuesInPlace">See <see cref="DeterminismOptions.ContinuesInPlace"/>.</param>
    internal IReadOnlyList<SafetyProperty> CreateProperties(bool continuesInPlace = true) => Properties.CreateAll(Model, new DeterminismOptions
    {
        Machine = Model is null && ReplaysMachine ? () => StateMachine(new CopyProcess()) : null,
        HasCanonicalSnapshots = HasCanonicalSnapshots,
        ContinuesInPlace = continuesInPlace,
    });

    internal RaftOptions Options(ServerId id, IReadOnlyList<ServerId> servers, int snapshotThreshold) => new()
    {
        Core = new RaftCoreOptions
        {
            Id = id,
            Servers = servers,
            AppendEmptyEntryOnElection = AppendEmptyEntryOnElection,
            MaxEntriesPerAppend = MaxEntriesPerAppend,
            MaxEntriesInFlight = MaxEntriesInFlight ?? 4 * MaxEntriesPerAppend,
            MaxSnapshotChunkBytes = MaxSnapshotChunkBytes,
        },
        ElectionTimeoutMin = ElectionTimeoutMin,
        ElectionTimeoutMax = ElectionTimeoutMax,
        HeartbeatInterval = HeartbeatInterval,
        SnapshotThreshold = snapshotThreshold,
        SnapshotBytes = SnapshotBytes,
        MaxQueuedMessagesPerPeer = MaxQueuedMessagesPerPeer,
        StopTimeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Draws the rate of one server's clock, in thousandths: exact, fastest, slowest, or between.</summary>
    internal int DrawClockRate(ISimulation simulation)
    {
        if (MaxClockRate <= 1)
        {
            return 1000;
        }

        int fastest = (int)Math.Round(1000 * MaxClockRate);
        int slowest = 1_000_000 / fastest;
        return simulation.Choose(5, "rate of the clock") switch
        {
            0 => 1000,
            1 => fastest,
            2 => slowest,
            3 => (1000 + fastest) / 2,
            _ => (1000 + slowest) / 2,
        };
    }
}
