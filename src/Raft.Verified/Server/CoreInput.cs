using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>One input that a server has given its core.</summary>
/// <param name="Kind">The method of <see cref="RaftCore"/> that was called.</param>
public readonly record struct CoreInput(CoreInputKind Kind)
{
    /// <summary>At a start: what the disk held. Else null.</summary>
    public DurableState? Loaded { get; init; }

    /// <summary>The message received; null for other inputs.</summary>
    public Message? Message { get; init; }

    /// <summary>The commands proposed, in order; empty for other inputs.</summary>
    public ReadOnlyMemory<ReadOnlyMemory<byte>> Commands { get; init; }

    /// <summary>With <see cref="CoreInputKind.Compact"/>: the last entry that the snapshot stands for. Else 0.</summary>
    public LogIndex Index { get; init; }

    /// <summary>With <see cref="CoreInputKind.Compact"/>: the state machine's state. Else empty.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>With <see cref="CoreInputKind.WriteCompleted"/>: the last write that is durable. Else 0.</summary>
    public WriteId Write { get; init; }
}
