using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Lab;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>What a simulated cluster is made of.</summary>
public sealed record ClusterSettings
{
    /// <summary>How many servers; at least 1.</summary>
    public required int Servers { get; init; }

    /// <summary>Makes the state machine of one life of a server; it may use the process's clock and randomness.</summary>
    public required Func<ISimulatedProcess, IRaftStateMachine> StateMachine { get; init; }

    /// <summary>Makes the sequential model that answers and snapshots are compared with; null to leave those properties out.</summary>
    public Func<IStateMachineModel>? Model { get; init; }

    /// <summary>The faults of network and disk from the start.</summary>
    public FaultMix Faults { get; init; } = FaultMix.Reliable;

    /// <summary>The network of the labs instead of the one that <see cref="Faults"/> describes, which then apply to the disks only; null for the other one.</summary>
    public LabNetworkSettings? Lab { get; init; }

    /// <summary>The shortest election time-out.</summary>
    public TimeSpan ElectionTimeoutMin { get; init; } = TimeSpan.FromMilliseconds(150);

    /// <summary>The longest election time-out.</summary>
    public TimeSpan ElectionTimeoutMax { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The heartbeat interval.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The fastest that a server's clock runs, as a multiple of virtual time; the slowest is its inverse. Each life of a server draws a rate of its own. At least 1,
    /// which is the default: all clocks run alike. For a leader to stay in office, <see cref="ElectionTimeoutMin"/> on the fastest clock must be longer than
    /// <see cref="HeartbeatInterval"/> on the slowest.
    /// </summary>
    public double MaxClockRate { get; init; } = 1;

    /// <summary>The most messages that a server keeps for a peer that takes none; the oldest are dropped.</summary>
    public int MaxQueuedMessagesPerPeer { get; init; } = 1024;

    /// <summary>After how many entries a server compacts its log; 0 for never.</summary>
    public int SnapshotThreshold { get; init; }

    /// <summary>
    /// Chooses, at each start of a server, after how many entries this life of it compacts its log; what it draws is a decision of the schedule. Null for
    /// <see cref="SnapshotThreshold"/> on all servers.
    /// </summary>
    public Func<ISimulation, ServerId, int>? ChooseSnapshotThreshold { get; init; }

    /// <summary>After how many bytes of entries a server compacts its log; 0 for never.</summary>
    public long SnapshotBytes { get; init; }

    /// <summary>The most bytes of a snapshot in one message; small, so that transfers have several chunks.</summary>
    public int MaxSnapshotChunkBytes { get; init; } = 64;

    /// <summary>The most entries in one message.</summary>
    public int MaxEntriesPerAppend { get; init; } = 8;

    /// <summary>The most entries on their way to one server; null for four messages full.</summary>
    public int? MaxEntriesInFlight { get; init; }

    /// <summary>Whether a new leader appends an empty entry.</summary>
    public bool AppendEmptyEntryOnElection { get; init; } = true;

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
