using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a refusing server names only a leader that exists. Clients go to that server next, so naming a
/// server that does not lead would send them round in circles.
/// </summary>
public sealed class NamedLeaderHasLed : SafetyProperty
{
    /// <inheritdoc />
    public override string Name => nameof(NamedLeaderHasLed);

    /// <inheritdoc />
    public override string Source => "paper, section 8 (\"will supply information about the most recent leader it has heard from\"); thesis, section 6.2";

    /// <inheritdoc />
    public override string Statement =>
        "A leader named in a refusal was elected in the refusing server's current term.";

    /// <inheritdoc />
    public override string TlaName => "NamedLeaderHasLed";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds => [RaftEventKind.ProposalRefused, RaftEventKind.ReadRefused];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        ServerId named = e.Subject switch
        {
            ProposalRefusedException refusal => refusal.Leader,
            ReadRefusedException refusal => refusal.Leader,
            _ => ServerId.None,
        };
        if (named.IsNone)
        {
            return null;
        }

        // The applier refuses a little later than the core, and may name a leader of an earlier term. Any leader since
        // the proposal's own term is accepted.
        Term term = view[e.Server].Term;
        Term oldest = e.Kind == RaftEventKind.ProposalRefused && e.Index > LogIndex.Zero && e.OtherTerm < term ? e.OtherTerm : term;
        for (long t = term.Value; t >= oldest.Value; t--)
        {
            if (view.LeaderOf(new Term(t)) == named)
            {
                return null;
            }
        }

        ServerId leader = view.LeaderOf(term);
        return $"{e.Server} names {named} as the leader, but is in term {term}, whose leader is {(leader.IsNone ? "nobody yet" : leader)}";
    }
}
