namespace Raft.Verified.Protocol;

/// <summary>A follower's answer to a chunk.</summary>
/// <param name="From">The follower.</param>
/// <param name="To">The leader.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="RequestTerm">The term of the request that this answers.</param>
/// <param name="LastIncludedIndex">Which snapshot the chunk belonged to.</param>
/// <param name="NextOffset">The first byte the follower still needs.</param>
/// <param name="Installed">Whether the follower's state now covers the snapshot, durably.</param>
public sealed record InstallSnapshotReply(
    ServerId From, ServerId To, Term Term, Term RequestTerm, LogIndex LastIncludedIndex, int NextOffset, bool Installed)
    : Message(From, To, Term)
{
    /// <summary>The request's <see cref="InstallSnapshot.Round"/>.</summary>
    public ReadRound Round { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"Snapshot {LastIncludedIndex} t{Term} {(Installed ? "installed" : $"next {NextOffset}")}{Rounds.Text(Round)}";
}
