namespace Raft.Verified.Protocol;

/// <summary>
/// A message between two servers. Raft's RPCs (paper, Figures 2 and 13) are sent as requests and replies that find each
/// other by their content, so that a transport may lose, repeat, delay and reorder them at will. Messages are equal when their content is: entries and bytes count, not
/// the memory that holds them.
/// </summary>
/// <param name="From">The sender.</param>
/// <param name="To">The receiver.</param>
/// <param name="Term">The sender's current term when the message was made.</param>
public abstract record Message(ServerId From, ServerId To, Term Term);

/// <summary>A candidate asks for a vote (paper, section 5.2).</summary>
/// <param name="From">The candidate.</param>
/// <param name="To">The voter.</param>
/// <param name="Term">The candidate's term.</param>
/// <param name="LastLogIndex">The candidate's last entry.</param>
/// <param name="LastLogTerm">The term of that entry; of the snapshot when the log behind it is empty.</param>
public sealed record RequestVote(ServerId From, ServerId To, Term Term, LogIndex LastLogIndex, Term LastLogTerm)
    : Message(From, To, Term)
{
    /// <inheritdoc />
    public override string ToString() => $"RequestVote t{Term} last {LastLogIndex}/{LastLogTerm}";
}

/// <summary>A voter's answer.</summary>
/// <param name="From">The voter.</param>
/// <param name="To">The candidate.</param>
/// <param name="Term">The voter's term.</param>
/// <param name="RequestTerm">The term of the request that this answers.</param>
/// <param name="VoteGranted">Whether the candidate has the vote.</param>
public sealed record RequestVoteReply(ServerId From, ServerId To, Term Term, Term RequestTerm, bool VoteGranted)
    : Message(From, To, Term)
{
    /// <inheritdoc />
    public override string ToString() => $"Vote t{Term} {(VoteGranted ? "granted" : "refused")}";
}

/// <summary>A leader replicates entries, or with none of them says that it is alive (paper, section 5.3).</summary>
/// <param name="From">The leader.</param>
/// <param name="To">The follower.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="PrevLogIndex">The entry before the first one sent.</param>
/// <param name="PrevLogTerm">Its term.</param>
/// <param name="Entries">Entries <c>PrevLogIndex + 1 ...</c>, contiguous; possibly none.</param>
/// <param name="LeaderCommit">The leader's commit index.</param>
public sealed record AppendEntries(
    ServerId From, ServerId To, Term Term, LogIndex PrevLogIndex, Term PrevLogTerm, ReadOnlyMemory<LogEntry> Entries, LogIndex LeaderCommit)
    : Message(From, To, Term)
{
    /// <summary>The leader's newest round of reads when it sent this; whoever answers confirms that one and all before it (thesis, section 6.4).</summary>
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

/// <summary>A follower's answer, with the conflict hint of the paper's section 5.3 when it refuses.</summary>
/// <param name="From">The follower.</param>
/// <param name="To">The leader.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="RequestTerm">The term of the request that this answers.</param>
/// <param name="Success">Whether the follower's log contains the request's previous entry and now its entries too.</param>
/// <param name="PrevLogIndex">The request's previous index, by which the leader knows what was refused.</param>
/// <param name="MatchIndex">On success: the last entry that the request vouched for. 0 otherwise.</param>
/// <param name="ConflictTerm">On refusal: the term of the follower's entry at <paramref name="PrevLogIndex"/>; 0 when there is none.</param>
/// <param name="ConflictIndex">On refusal: the follower's first entry of that term, or the first index it has no entry at.</param>
/// <param name="LastLogIndex">On refusal: the follower's last entry.</param>
public sealed record AppendEntriesReply(
    ServerId From, ServerId To, Term Term, Term RequestTerm, bool Success, LogIndex PrevLogIndex, LogIndex MatchIndex,
    Term ConflictTerm, LogIndex ConflictIndex, LogIndex LastLogIndex)
    : Message(From, To, Term)
{
    /// <summary>The request's <see cref="AppendEntries.Round"/>.</summary>
    public ReadRound Round { get; init; }

    /// <inheritdoc />
    public override string ToString() => Success
        ? $"Appended t{Term} match {MatchIndex}{Rounds.Text(Round)}"
        : $"Append refused t{Term} after {PrevLogIndex} conflict {ConflictIndex}/{ConflictTerm} last {LastLogIndex}{Rounds.Text(Round)}";
}

/// <summary>A leader sends one chunk of its snapshot to a follower that lags behind the log (paper, section 7, Figure 13).</summary>
/// <param name="From">The leader.</param>
/// <param name="To">The follower.</param>
/// <param name="Term">The leader's term.</param>
/// <param name="LastIncludedIndex">The last entry that the snapshot replaces.</param>
/// <param name="LastIncludedTerm">Its term.</param>
/// <param name="Offset">Where the chunk begins in the snapshot, in bytes.</param>
/// <param name="Data">The chunk.</param>
/// <param name="Done">Whether this is the last chunk.</param>
public sealed record InstallSnapshot(
    ServerId From, ServerId To, Term Term, LogIndex LastIncludedIndex, Term LastIncludedTerm, int Offset, ReadOnlyMemory<byte> Data, bool Done)
    : Message(From, To, Term)
{
    /// <summary>As <see cref="AppendEntries.Round"/>.</summary>
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

internal static class Rounds
{
    // Silent where there are no reads, as in most logs.
    public static string Text(ReadRound round) => round == ReadRound.None ? "" : $" round {round}";
}
