namespace Raft.Verified.Protocol;

/// <summary>A follower's answer to a chunk.</summary>
/// <param name="From">The follower.</param>
/// <param name="To">The leader.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="RequestTerm">The term of the request that this answers.</param>
/// <param name="LastIncludedIndex">The last entry covered by the snapshot of the chunk.</param>
/// <param name="NextOffset">The offset in bytes of the first byte that the follower still needs.</param>
/// <param name="Installed">True when the follower's state now covers the snapshot durably.</param>
public sealed record InstallSnapshotReply(
    ServerId From, ServerId To, Term Term, Term RequestTerm, LogIndex LastIncludedIndex, int NextOffset, bool Installed)
    : Message(From, To, Term)
{
    /// <summary>The request's <see cref="InstallSnapshot.Round"/>.</summary>
    public ReadRound Round { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"Snapshot {LastIncludedIndex} t{Term} {(Installed ? "installed" : $"next {NextOffset}")}{Rounds.Text(Round)}";
}
