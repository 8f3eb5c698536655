using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation;

/// <summary>
/// How often the parts that a server is given fail, do not return, or are slow: its transport, its storage, its state machine. All are probabilities of one call,
/// 0 unless set. A call that does not return comes back when the faults end, and goes on as if nothing had happened.
/// </summary>
public sealed record PartFaults
{
    /// <summary>No part fails.</summary>
    public static PartFaults None { get; } = new();

    /// <summary>The transport throws, from the call itself or from its task. The message is lost; the server must go on.</summary>
    public double SendFault { get; init; }

    /// <summary>The transport takes a message and does not return. The message is on its way all the same.</summary>
    public double SendHang { get; init; }

    /// <summary>The transport takes up to <see cref="MaxSlowSend"/> to take a message off the sender's hands.</summary>
    public double SlowSend { get; init; }

    /// <summary>The longest such time, in milliseconds.</summary>
    public int MaxSlowSend { get; init; } = 200;

    /// <summary>
    /// A write fails: of what was not flushed, a prefix of parts that the schedule chooses is on the disk. The server must stop, and have promised nothing.
    /// </summary>
    public double WriteFault { get; init; }

    /// <summary>A write does not return.</summary>
    public double WriteHang { get; init; }

    /// <summary>Loading fails: the server does not start.</summary>
    public double LoadFault { get; init; }

    /// <summary>Loading does not return.</summary>
    public double LoadHang { get; init; }

    /// <summary>The state machine throws, when it is to apply, to take a snapshot or to restore one. The server must stop.</summary>
    public double MachineFault { get; init; }

    /// <summary>A call of the state machine does not return.</summary>
    public double MachineHang { get; init; }

    /// <summary>A call of the state machine takes up to <see cref="MaxSlowMachine"/>.</summary>
    public double SlowMachine { get; init; }

    /// <summary>The longest such time, in milliseconds.</summary>
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
