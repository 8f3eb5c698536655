using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// The property that a leader has received the votes of a majority. A vote counts once its voter has given it and the
/// reply has reached the candidate; a later crash of the voter does not matter. The candidate's own vote counts once it
/// is on its disk. A wrong count is found at the first leader, without waiting for a second leader of the same term.
/// </summary>
public sealed class ElectedByMajority : SafetyProperty
{
    // The elements at [candidate * servers + voter] are two terms. `_given` has the term of the voter's last vote for
    // the candidate. `_taken` has the newest term in which the candidate has received a granting reply from the voter.
    private Term[] _given = [];
    private Term[] _taken = [];

    /// <inheritdoc />
    public override string Name => nameof(ElectedByMajority);

    /// <inheritdoc />
    public override string Source => "paper, section 5.2 and Figure 2 (rules for candidates); thesis, section 3.4";

    /// <inheritdoc />
    public override string Statement =>
        "A server becomes leader of a term only after a majority has voted for it in that term and it has "
            + "received their replies. Each server counts once.";

    /// <inheritdoc />
    public override string TlaName => "ElectedByMajority";

    /// <inheritdoc />
    public override ReadOnlySpan<RaftEventKind> Kinds =>
        [RaftEventKind.Started, RaftEventKind.Voted, RaftEventKind.MessageReceived, RaftEventKind.RoleChanged];

    /// <inheritdoc />
    public override string? Check(in RaftEvent e, ClusterView view)
    {
        if (_given.Length == 0)
        {
            int servers = view.Servers.Count;
            _given = new Term[servers * servers];
            _taken = new Term[servers * servers];
        }

        switch (e.Kind)
        {
            case RaftEventKind.Started:
            case RaftEventKind.Voted:
                if (!e.Peer.IsNone)
                {
                    // The term may be lower than before: a crash may have lost a vote of a newer term.
                    _given[Slot(e.Peer, e.Server, view)] = e.Term;
                }

                return null;
            case RaftEventKind.MessageReceived:
                if (e.Subject is RequestVoteReply { VoteGranted: true } reply)
                {
                    ref Term taken = ref _taken[Slot(e.Server, reply.From, view)];
                    taken = reply.RequestTerm > taken ? reply.RequestTerm : taken;
                }

                return null;
            default:
                return e.Role == Role.Leader ? CheckElection(e.Server, e.Term, view) : null;
        }
    }

    private static int Slot(ServerId candidate, ServerId voter, ClusterView view) =>
        ((candidate.Value - 1) * view.Servers.Count) + voter.Value - 1;

    private string? CheckElection(ServerId candidate, Term term, ClusterView view)
    {
        int votes = 0;
        for (int voter = 1; voter <= view.Servers.Count; voter++)
        {
            votes += HasVoteOf(new ServerId(voter), candidate, term, view) ? 1 : 0;
        }

        return votes >= view.Majority
            ? null
            : $"{candidate} becomes leader of term {term} with {votes} of {view.Servers.Count} votes where {view.Majority} are needed; "
                + string.Join(", ", view.Servers.Select(server => Describe(server.Id, candidate, term, view)));
    }

    private bool HasVoteOf(ServerId voter, ServerId candidate, Term term, ClusterView view)
    {
        int slot = Slot(candidate, voter, view);
        if (_given[slot] != term)
        {
            return false;
        }

        DiskView disk = view[voter].Disk;
        return voter == candidate ? disk.Term == term && disk.VotedFor == candidate : _taken[slot] == term;
    }

    private string Describe(ServerId voter, ServerId candidate, Term term, ClusterView view)
    {
        if (HasVoteOf(voter, candidate, term, view))
        {
            return $"{voter} has voted for it";
        }

        int slot = Slot(candidate, voter, view);
        if (_given[slot] != term)
        {
            return $"{voter} has not" + (_taken[slot] == term ? ", though a reply says so" : "");
        }

        return voter == candidate ? $"{voter} has, but not on its disk" : $"{voter} has, but no reply has come";
    }
}
