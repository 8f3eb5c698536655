using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property of the election restriction, on both sides of a request. The candidate describes its log truthfully, in
/// a term in which it is a candidate. The voter votes only for an up-to-date log, and does so when no rule forbids it.
/// Without the last condition a majority might be unable to elect a leader.
/// </summary>
public sealed class VotesForUpToDate : SafetyProperty
{
    // The newest two elections of each server. Requests of the older election may still be in its queues.
    private Candidacy[] _newest = [];
    private Candidacy[] _before = [];
    private RequestVote?[] _due = [];

    /// <inheritdoc />
    public override string Name => nameof(VotesForUpToDate);

    /// <inheritdoc />
    public override string Source => "paper, sections 5.2 and 5.4.1, Figure 2 (RequestVote RPC); thesis, section 3.6.1";

    /// <inheritdoc />
    public override string Statement =>
        "A candidate requests votes only in the term in which it stands, with the true end of its log. A "
            + "vote goes to the first candidate of the voter's term whose log is at least as up-to-date as the "
            + "voter's.";

    /// <inheritdoc />
    public override string TlaName => "VotesForUpToDate";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
    [
        RaftEventKind.Voted, RaftEventKind.MessageReceived, RaftEventKind.MessageSent, RaftEventKind.TermAdvanced, RaftEventKind.Crashed,
        RaftEventKind.Stopped, RaftEventKind.Faulted,
    ];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (_due.Length == 0)
        {
            _newest = new Candidacy[view.Servers.Count];
            _before = new Candidacy[view.Servers.Count];
            _due = new RequestVote?[view.Servers.Count];
        }

        int slot = e.Server.Value - 1;
        RequestVote? missed = _due[slot];
        switch (e.Kind)
        {
            case RaftEventKind.MessageSent:
                return e.Subject switch
                {
                    RequestVote request => CheckRequest(request),
                    RequestVoteReply { VoteGranted: false } reply when missed is not null && reply.To == missed.From && reply.RequestTerm == missed.Term =>
                        DescribeMissed(view[e.Server], missed),
                    _ => null,
                };
            case RaftEventKind.MessageReceived:
                _due[slot] = e.Subject is RequestVote vote && Deserves(vote, view[e.Server]) ? vote : null;
                return missed is null ? null : DescribeMissed(view[e.Server], missed);
            case RaftEventKind.TermAdvanced:
                return missed is null || view[e.Server].HasNewerTermInHand ? null : DescribeMissed(view[e.Server], missed);
            case RaftEventKind.Voted:
                _due[slot] = null;
                return e.Peer == e.Server ? Stand(view[e.Server], e.Term) : CheckVote(in e, view[e.Server]);
            default:
                _due[slot] = null;
                return null;
        }
    }

    private static bool Deserves(RequestVote request, ServerView voter) =>
        (request.Term > voter.Term || (request.Term == voter.Term && voter.VotedFor.IsNone)) && voter.IsUpToDate(request);

    private static string? CheckVote(in RaftEvent e, ServerView voter)
    {
        if (voter.InHand is not RequestVote request || request.From != e.Peer || request.Term != e.Term)
        {
            return $"{voter.Id} votes for {e.Peer} in term {e.Term}, but has no request from it in hand"
                + (voter.InHand is null ? "" : $"; its last message was \"{voter.InHand}\" from {voter.InHand.From}");
        }

        return voter.IsUpToDate(request)
            ? null
            : $"{voter.Id} votes for {e.Peer} in term {e.Term}, but the candidate's log ends at {request.LastLogIndex}/{request.LastLogTerm} and its own at {End(voter.Log)}";
    }

    private static string DescribeMissed(ServerView voter, RequestVote request) =>
        $"{voter.Id} does not vote for {request.From} in term {request.Term}, although it has not voted for another, and the candidate's log ends at "
            + $"{request.LastLogIndex}/{request.LastLogTerm}, its own at {End(voter.Log)}";

    private static string End(LogView log) => $"{log.LastIndex}/{LastTerm(log)}";

    private static Term LastTerm(LogView log) => log.TryTermAt(log.LastIndex, out Term term) ? term : Term.Zero;

    private string? Stand(ServerView candidate, Term term)
    {
        int slot = candidate.Id.Value - 1;
        if (_newest[slot].Term != term)
        {
            _before[slot] = _newest[slot];
        }

        _newest[slot] = new Candidacy(term, candidate.Log.LastIndex, LastTerm(candidate.Log));
        return null;
    }

    private string? CheckRequest(RequestVote request)
    {
        Candidacy candidacy = _newest[request.From.Value - 1];
        if (request.Term < candidacy.Term)
        {
            candidacy = _before[request.From.Value - 1];
            if (request.Term < candidacy.Term)
            {
                return null;
            }
        }

        if (request.Term != candidacy.Term)
        {
            return $"{request.From} asks {request.To} for its vote of term {request.Term}, but does not stand in that term"
                + (candidacy.Term == Term.Zero ? "" : $"; it stood in term {candidacy.Term}");
        }

        return (request.LastLogIndex, request.LastLogTerm) == (candidacy.LastIndex, candidacy.LastTerm)
            ? null
            : $"{request.From} asks {request.To} for its vote of term {request.Term} with a log that ends at {request.LastLogIndex}/{request.LastLogTerm}, "
                + $"but its own ended at {candidacy.LastIndex}/{candidacy.LastTerm} when it stood";
    }

    private readonly record struct Candidacy(Term Term, LogIndex LastIndex, Term LastTerm);
}
