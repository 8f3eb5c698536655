using Raft.Verified.Protocol;

namespace Raft.Verified.ModelChecking;

/// <summary>One input to the real core, and its outcome.</summary>
internal sealed record TakenStep
{
    public required ModelInput Input { get; init; }

    /// <summary>The message that was received; null for other inputs.</summary>
    public Message? Received { get; init; }

    public required LocalState Before { get; init; }

    public required LocalState After { get; init; }

    /// <summary>The messages that leave the server.</summary>
    public IReadOnlyList<Message> Sent { get; init; } = [];

    /// <summary>The messages that the core made, including those that wait for the disk.</summary>
    public IReadOnlyList<Message> Made { get; init; } = [];

    /// <summary>
    /// The reads that are served, each once. <c>Need</c> is the number of entries that were committed when the read was
    /// requested, <c>At</c> the number of applied entries.
    /// </summary>
    public (int Need, int At)[] Served { get; init; } = [];

    /// <summary>The number of reads that are served; these are the oldest ones.</summary>
    public int ServedCount { get; init; }

    /// <summary>The effects on the timers.</summary>
    public TimerEffects Timers { get; init; }

    /// <summary>The property that the step violates, and a message; null for none.</summary>
    public (string Property, string Message)? Violation { get; init; }
}
