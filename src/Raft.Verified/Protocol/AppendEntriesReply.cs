namespace Raft.Verified.Protocol;

/// <summary>A follower's answer, with the conflict hint of the paper's section 5.3 when it refuses.</summary>
/// <param name="From">The follower.</param>
/// <param name="To">The leader.</param>
/// <param name="Term">The follower's term.</param>
/// <param name="RequestTerm">The term of the request that this answers.</param>
/// <param name="Success">
/// True when the follower's log contains the request's previous entry, and now its entries too.
/// </param>
/// <param name="PrevLogIndex">The request's previous index, which tells the leader which request was refused.</param>
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
