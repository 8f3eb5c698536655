using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>One input to the real core and everything that came of it.</summary>
internal sealed record TakenStep
{
    public required ModelInput Input { get; init; }

    /// <summary>The message that was received; null for other inputs.</summary>
    public Message? Received { get; init; }

    public required LocalState Before { get; init; }

    public required LocalState After { get; init; }

    /// <summary>The messages that leave.</summary>
    public IReadOnlyList<Message> Sent { get; init; } = [];

    /// <summary>The messages that the core made, those that wait for the disk among them.</summary>
    public IReadOnlyList<Message> Made { get; init; } = [];

    /// <summary>The reads that may look at the state machine: how many entries were committed when each was asked for, and how many are applied.</summary>
    public (int Need, int At)[] Served { get; init; } = [];

    /// <summary>The number of reads that were served, the oldest ones.</summary>
    public int ServedCount { get; init; }

    /// <summary>The effects on the timers.</summary>
    public TimerEffects Timers { get; init; }

    /// <summary>The property that the step breaks, and how; null for none.</summary>
    public (string Property, string Message)? Violation { get; init; }
}
