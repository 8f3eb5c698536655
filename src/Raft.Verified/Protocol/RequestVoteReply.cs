namespace Raft.Verified.Protocol;

/// <summary>A voter's answer to a candidate.</summary>
/// <param name="From">The voter.</param>
/// <param name="To">The candidate.</param>
/// <param name="Term">The voter's term.</param>
/// <param name="RequestTerm">The term of the request that this answers.</param>
/// <param name="VoteGranted">True when the voter gave the candidate its vote.</param>
public sealed record RequestVoteReply(ServerId From, ServerId To, Term Term, Term RequestTerm, bool VoteGranted)
    : Message(From, To, Term)
{
    /// <inheritdoc />
    public override string ToString() => $"Vote t{Term} {(VoteGranted ? "granted" : "refused")}";
}
