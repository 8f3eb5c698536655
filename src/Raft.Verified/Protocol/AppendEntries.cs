namespace Raft.Verified.Protocol;

/// <summary>A leader's request to append entries; without entries, a heartbeat (paper, section 5.3).</summary>
/// <param name="From">The leader.</param>
/// <param name="To">The follower.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="PrevLogIndex">The entry before the first one sent.</param>
/// <param name="PrevLogTerm">The term of the entry at <paramref name="PrevLogIndex"/>.</param>
/// <param name="Entries">Entries <c>PrevLogIndex + 1 ...</c>, contiguous; possibly none.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
public sealed record AppendEntries(
    ServerId From, ServerId To, Term Term, LogIndex PrevLogIndex, Term PrevLogTerm, ReadOnlyMemory<LogEntry> Entries, LogIndex LeaderCommit)
    : Message(From, To, Term)
{
    /// <summary>
    /// The leader's newest round of reads when it sent this request. A reply confirms this round and all earlier ones
    /// (thesis, section 6.4).
    /// </summary>
    public ReadRound Round { get; init; }

    /// <summary>The last entry that a success of this request vouches for.</summary>
    public LogIndex LastIndex => PrevLogIndex + Entries.Length;

    /// <inheritdoc />
    public bool Equals(AppendEntries? other) =>
        ReferenceEquals(this, other)
            || (base.Equals(other) && PrevLogIndex == other.PrevLogIndex && PrevLogTerm == other.PrevLogTerm && LeaderCommit == other.LeaderCommit
                && Round == other.Round && Entries.Span.SequenceEqual(other.Entries.Span));

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), PrevLogIndex, PrevLogTerm, LeaderCommit, Round, Entries.Length);

    /// <inheritdoc />
    public override string ToString() => Entries.IsEmpty
        ? $"Append t{Term} after {PrevLogIndex}/{PrevLogTerm} none commit {LeaderCommit}{Rounds.Text(Round)}"
        : $"Append t{Term} after {PrevLogIndex}/{PrevLogTerm} [{string.Join(' ', Entries.ToArray().Select(e => $"{e?.Index}/{e?.Term}"))}] commit {LeaderCommit}{Rounds.Text(Round)}";
}
