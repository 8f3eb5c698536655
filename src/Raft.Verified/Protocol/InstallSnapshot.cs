namespace Raft.Verified.Protocol;

/// <summary>
/// A leader's request to install one chunk of its snapshot, sent to a follower that lags behind the log (paper, section
/// 7, Figure 13).
/// </summary>
/// <param name="From">The leader.</param>
/// <param name="To">The follower.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="LastIncludedIndex">The last entry that the snapshot replaces.</param>
/// <param name="LastIncludedTerm">The term of the entry at <paramref name="LastIncludedIndex"/>.</param>
/// <param name="Offset">The offset of the chunk in the snapshot, in bytes.</param>
/// <param name="Data">The bytes of the chunk.</param>
/// <param name="Done">True when this is the last chunk.</param>
public sealed record InstallSnapshot(
    ServerId From, ServerId To, Term Term, LogIndex LastIncludedIndex, Term LastIncludedTerm, int Offset, ReadOnlyMemory<byte> Data, bool Done)
    : Message(From, To, Term)
{
    /// <summary>The leader's newest round of reads, as in <see cref="AppendEntries.Round"/>.</summary>
    public ReadRound Round { get; init; }

    /// <inheritdoc />
    public bool Equals(InstallSnapshot? other) =>
        ReferenceEquals(this, other)
            || (base.Equals(other) && LastIncludedIndex == other.LastIncludedIndex && LastIncludedTerm == other.LastIncludedTerm && Offset == other.Offset
                && Done == other.Done && Round == other.Round && Data.Span.SequenceEqual(other.Data.Span));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), LastIncludedIndex, LastIncludedTerm, Offset, Done, Round, Data.Length);

    /// <inheritdoc />
    public override string ToString() =>
        $"Snapshot t{Term} {LastIncludedIndex}/{LastIncludedTerm} at {Offset}+{Data.Length}{(Done ? " done" : "")}{Rounds.Text(Round)}";
}
