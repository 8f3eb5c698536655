using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation;

/// <summary>
/// The unreliability of network and disks. Latencies matter in timed schedules only, because untimed ones explore every
/// order anyway.
/// </summary>
public sealed record FaultMix
{
    /// <summary>The mix without faults, with short latencies.</summary>
    public static FaultMix Reliable { get; } = new();

    /// <summary>The mix with lost, repeated, delayed and reordered messages, and with slow disks.</summary>
    public static FaultMix Unreliable { get; } = new()
    {
        Loss = 0.1,
        Duplication = 0.1,
        LongDelay = 0.1,
        SlowFlush = 0.1,
    };

    /// <summary>The probability that a message is lost.</summary>
    public double Loss { get; init; }

    /// <summary>The probability that a message is delivered twice.</summary>
    public double Duplication { get; init; }

    /// <summary>
    /// The maximum number of extra copies of a message; each further copy is as probable as the first. At least 1.
    /// </summary>
    public int MaxDuplicates { get; init; } = 1;

    /// <summary>The shortest latency of a message, in milliseconds.</summary>
    public int MinLatency { get; init; } = 1;

    /// <summary>The longest latency of a message that is not delayed, in milliseconds.</summary>
    public int MaxLatency { get; init; } = 8;

    /// <summary>The probability of a long delay, with which many other messages overtake this one.</summary>
    public double LongDelay { get; init; }

    /// <summary>The longest such delay, in milliseconds.</summary>
    public int MaxLongDelay { get; init; } = 1500;

    /// <summary>The longest time of a flush, in milliseconds.</summary>
    public int MaxFlush { get; init; } = 4;

    /// <summary>The probability that a flush takes up to <see cref="MaxSlowFlush"/>.</summary>
    public double SlowFlush { get; init; }

    /// <summary>The longest time of a slow flush, in milliseconds.</summary>
    public int MaxSlowFlush { get; init; } = 400;

    /// <summary>
    /// The probability that the callback of an expired timer is late, and runs even if the timer is restarted or
    /// stopped meanwhile.
    /// </summary>
    public double LateTimer { get; init; }

    /// <summary>The longest lateness of such a callback, in milliseconds; at least 1.</summary>
    public int MaxLateTimer { get; init; } = 20;

    /// <summary>
    /// The probability that a crash ends the process alone, so that unflushed writes survive; otherwise the machine
    /// loses power.
    /// </summary>
    public double ProcessCrash { get; init; }

    /// <summary>The faults of the parts that servers are given.</summary>
    public PartFaults Parts { get; init; } = PartFaults.None;

    /// <summary>Draws the mix of one schedule around this one: each fault absent, rarer, as given, or more frequent.</summary>
    public FaultMix Draw(ISimulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        return !simulation.DrawsFaultMix ? this : this with
        {
            Loss = Vary(simulation, Loss, "loss"),
            Duplication = Vary(simulation, Duplication, "duplication"),
            LongDelay = Vary(simulation, LongDelay, "long delay"),
            SlowFlush = Vary(simulation, SlowFlush, "slow flush"),
            MaxLatency = MaxLatency << simulation.Choose(4, "latency"),
            LateTimer = Vary(simulation, LateTimer, "late timers"),
            Parts = Parts.Draw(simulation),
        };
    }

    /// <summary>
    /// Draws the latency of one message. Untimed schedules use the shortest one, because they explore every order
    /// anyway.
    /// </summary>
    public TimeSpan DrawLatency(ISimulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        if (!simulation.IsTimed)
        {
            return TimeSpan.FromMilliseconds(MinLatency);
        }

        int latency = simulation.Happens(LongDelay, "delay it")
            ? simulation.Choose(MaxLongDelay, "ms of delay")
            : simulation.Choose(MaxLatency - MinLatency + 1, "ms of latency");
        return TimeSpan.FromMilliseconds(MinLatency + latency);
    }

    /// <summary>
    /// Draws the lateness of a timer's callback; null when it is punctual. Untimed schedules draw none, because they
    /// explore every order anyway.
    /// </summary>
    internal TimeSpan? DrawLateness(ISimulation simulation) => !simulation.Happens(LateTimer, "late callback") ? null
        : TimeSpan.FromMilliseconds(simulation.IsTimed ? 1 + simulation.Choose(MaxLateTimer, "ms the callback is late") : 1);

    internal static double Vary(ISimulation simulation, double probability, string what) => probability == 0
        ? 0
        : simulation.Choose(4, what) switch
        {
            0 => probability,
            1 => 0,
            2 => probability / 4,
            _ => Math.Min(0.5, probability * 3),
        };
}
