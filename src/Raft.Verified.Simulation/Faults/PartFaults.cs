using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation;

/// <summary>
/// The probabilities with which the transport, the storage and the state machine of a server fail, hang, or are slow.
/// Each is a probability per call, 0 unless set. A hanging call returns when the faults end, and completes normally.
/// </summary>
public sealed record PartFaults
{
    /// <summary>The faults with probability 0: no part fails.</summary>
    public static PartFaults None { get; } = new();

    /// <summary>
    /// The probability that the transport throws, from the call itself or from its task. The message is lost; the
    /// server must go on.
    /// </summary>
    public double SendFault { get; init; }

    /// <summary>
    /// The probability that the transport accepts a message and does not return. The message is sent nevertheless.
    /// </summary>
    public double SendHang { get; init; }

    /// <summary>The probability that the transport takes up to <see cref="MaxSlowSend"/> to accept a message.</summary>
    public double SlowSend { get; init; }

    /// <summary>The longest time of a slow transport call, in milliseconds.</summary>
    public int MaxSlowSend { get; init; } = 200;

    /// <summary>
    /// The probability that a write fails. Of the unflushed writes, a prefix of parts that the schedule chooses is on
    /// the disk. The server must stop, and must have acknowledged nothing of it.
    /// </summary>
    public double WriteFault { get; init; }

    /// <summary>The probability that a write does not return.</summary>
    public double WriteHang { get; init; }

    /// <summary>The probability that loading fails, so that the server does not start.</summary>
    public double LoadFault { get; init; }

    /// <summary>The probability that loading does not return.</summary>
    public double LoadHang { get; init; }

    /// <summary>
    /// The probability that the state machine throws when it applies, takes a snapshot or restores one. The server must
    /// stop.
    /// </summary>
    public double MachineFault { get; init; }

    /// <summary>The probability that a call of the state machine does not return.</summary>
    public double MachineHang { get; init; }

    /// <summary>The probability that a call of the state machine takes up to <see cref="MaxSlowMachine"/>.</summary>
    public double SlowMachine { get; init; }

    /// <summary>The longest time of a slow state machine call, in milliseconds.</summary>
    public int MaxSlowMachine { get; init; } = 500;

    /// <summary>Draws the faults of one schedule around these: each absent, rarer, as given, or more frequent.</summary>
    internal PartFaults Draw(ISimulation simulation) => this == None ? this : this with
    {
        SendFault = FaultMix.Vary(simulation, SendFault, "transport throws"),
        SendHang = FaultMix.Vary(simulation, SendHang, "transport hangs"),
        SlowSend = FaultMix.Vary(simulation, SlowSend, "slow transport"),
        WriteFault = FaultMix.Vary(simulation, WriteFault, "writes fail"),
        WriteHang = FaultMix.Vary(simulation, WriteHang, "writes hang"),
        LoadFault = FaultMix.Vary(simulation, LoadFault, "loading fails"),
        LoadHang = FaultMix.Vary(simulation, LoadHang, "loading hangs"),
        MachineFault = FaultMix.Vary(simulation, MachineFault, "state machine throws"),
        MachineHang = FaultMix.Vary(simulation, MachineHang, "state machine hangs"),
        SlowMachine = FaultMix.Vary(simulation, SlowMachine, "slow state machine"),
    };
}
