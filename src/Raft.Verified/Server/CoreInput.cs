using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>One input that a server has given its core.</summary>
/// <param name="Kind">The method of <see cref="RaftCore"/> that was called.</param>
public readonly record struct CoreInput(CoreInputKind Kind)
{
    /// <summary>The durable state loaded at a start; null for other inputs.</summary>
    public DurableState? Loaded { get; init; }

    /// <summary>The message received; null for other inputs.</summary>
    public Message? Message { get; init; }

    /// <summary>The commands proposed, in order; empty for other inputs.</summary>
    public ReadOnlyMemory<ReadOnlyMemory<byte>> Commands { get; init; }

    /// <summary>
    /// The last entry that the snapshot covers (<see cref="CoreInputKind.Compact"/>); 0 for other inputs.
    /// </summary>
    public LogIndex Index { get; init; }

    /// <summary>The state machine's state (<see cref="CoreInputKind.Compact"/>); empty for other inputs.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The last durable write (<see cref="CoreInputKind.WriteCompleted"/>); 0 for other inputs.</summary>
    public WriteId Write { get; init; }
}
