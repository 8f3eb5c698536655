namespace Raft.Verified.Protocol;

/// <summary>The state machine's state after a prefix of the log (paper, section 7). Immutable.</summary>
/// <param name="lastIncludedIndex">The last entry that the snapshot stands for.</param>
/// <param name="lastIncludedTerm">That entry's term.</param>
/// <param name="data">The state, in the state machine's own format.</param>
public sealed class Snapshot(LogIndex lastIncludedIndex, Term lastIncludedTerm, ReadOnlyMemory<byte> data)
{
    /// <summary>The last entry that the snapshot stands for.</summary>
    public LogIndex LastIncludedIndex { get; } = lastIncludedIndex;

    /// <summary>The term of that entry, needed by the consistency check of the entry that follows.</summary>
    public Term LastIncludedTerm { get; } = lastIncludedTerm;

    /// <summary>The state, in the state machine's own format.</summary>
    public ReadOnlyMemory<byte> Data { get; } = data;

    /// <inheritdoc />
    public override string ToString() => $"snapshot {LastIncludedIndex}/{LastIncludedTerm}";
}
