using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a server votes for at most one candidate per term, even across crashes. It is judged by sent
/// messages: a vote that a crash lost before it was sent was not given.
/// </summary>
public sealed class OneVotePerTerm : SafetyProperty
{
    private TermTable?[] _votes = [];

    /// <inheritdoc />
    public override string Name => nameof(OneVotePerTerm);

    /// <inheritdoc />
    public override string Source => "paper, section 5.2 and Figure 2 (votedFor); thesis, section 3.8";

    /// <inheritdoc />
    public override string Statement =>
        "All votes that a server sends in one term, including its own candidacy, are for one candidate, "
            + "across restarts. After a restart it finds no other vote of that term on its disk.";

    /// <inheritdoc />
    public override string TlaName => "OneVotePerTerm";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.MessageSent, RaftEventKind.Started];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (e.Kind == RaftEventKind.Started)
        {
            return e.Subject is DurableState durable ? CheckLoaded(e.Server, durable) : null;
        }

        if (e.Subject is RequestVote request)
        {
            return Vote(request.From, request.Term, request.From, view);
        }

        return e.Subject is RequestVoteReply { VoteGranted: true } reply ? Vote(reply.From, reply.RequestTerm, reply.To, view) : null;
    }

    // A missing vote is not judged here. NoAcknowledgementBeforeDurability judges it when the vote is sent.
    private string? CheckLoaded(ServerId voter, DurableState durable)
    {
        ServerId before = _votes.Length == 0 || _votes[voter.Value - 1] is not { } votes ? ServerId.None : votes[durable.CurrentTerm];
        return before.IsNone || durable.VotedFor.IsNone || durable.VotedFor == before
            ? null
            : $"{voter} starts in term {durable.CurrentTerm} with a vote for {durable.VotedFor} on its disk, "
                + $"after it had sent its vote in that term for {before}";
    }

    private string? Vote(ServerId voter, Term term, ServerId candidate, ClusterView view)
    {
        if (_votes.Length == 0)
        {
            _votes = new TermTable?[view.Servers.Count];
        }

        TermTable votes = _votes[voter.Value - 1] ??= new TermTable();
        ServerId before = votes[term];
        if (before == candidate)
        {
            return null;
        }

        votes[term] = candidate;
        return before.IsNone ? null : $"{voter} sends its vote of term {term} for {candidate}, after it had sent it for {before}";
    }
}
