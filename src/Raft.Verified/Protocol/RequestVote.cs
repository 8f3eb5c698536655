namespace Raft.Verified.Protocol;

/// <summary>A candidate's request for a vote (paper, section 5.2).</summary>
/// <param name="From">The candidate.</param>
/// <param name="To">The voter.</param>
/// <param name="Term">The candidate's term.</param>
/// <param name="LastLogIndex">The candidate's last entry.</param>
/// <param name="LastLogTerm">The term of the last entry, or of the snapshot when no entry follows it.</param>
public sealed record RequestVote(ServerId From, ServerId To, Term Term, LogIndex LastLogIndex, Term LastLogTerm)
    : Message(From, To, Term)
{
    /// <inheritdoc />
    public override string ToString() => $"RequestVote t{Term} last {LastLogIndex}/{LastLogTerm}";
}
