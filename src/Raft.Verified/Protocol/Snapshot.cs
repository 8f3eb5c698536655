namespace Raft.Verified.Protocol;

/// <summary>The state machine's state after a prefix of the log (paper, section 7). Immutable.</summary>
/// <param name="lastIncludedIndex">The last entry that the snapshot covers.</param>
/// <param name="lastIncludedTerm">The term of the last entry that the snapshot covers.</param>
/// <param name="data">The state, in the state machine's own format.</param>
public sealed class Snapshot(LogIndex lastIncludedIndex, Term lastIncludedTerm, ReadOnlyMemory<byte> data)
{
    /// <summary>The last entry that the snapshot covers.</summary>
    public LogIndex LastIncludedIndex { get; } = lastIncludedIndex;

    /// <summary>The term of the last covered entry, which the consistency check of the following entry needs.</summary>
    public Term LastIncludedTerm { get; } = lastIncludedTerm;

    /// <summary>The state, in the state machine's own format.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;

    /// <inheritdoc />
    public override string ToString() => $"snapshot {LastIncludedIndex}/{LastIncludedTerm}";
}
