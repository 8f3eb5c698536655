using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The clients that wait for their proposals' entries to be applied. A waiter is completed by (term, index): at its index another leader's
/// entry may come out.
/// </summary>
/// <remarks>
/// Ordered by index and by term at once: a server's later proposals have higher terms, and those whose entries were truncated are refused before
/// others take their places.
/// </remarks>
internal sealed class ProposalWaiters(ServerId server, IRaftObserver observer)
{
    private readonly object _gate = new();
    private readonly LinkedList<PendingProposal> _waiting = [];

    /// <summary>
    /// The log ends at <paramref name="lastIndex"/>: entries behind it that clients wait for were truncated. Some other server may still hold them, and even
    /// commit them. Called before new entries take their places.
    /// </summary>
    public void RefuseBehind(LogIndex lastIndex, ServerId leader)
    {
        lock (_gate)
        {
            while (_waiting.Last is { } last && last.Value.Index > lastIndex)
            {
                Refuse(last.Value, ProposalRefusalReason.OutcomeUnknown, leader);
                _waiting.RemoveLast();
            }
        }
    }

    /// <summary>The core gave the proposal a term and an index, behind those of all that wait.</summary>
    public void Register(PendingProposal proposal)
    {
        lock (_gate)
        {
            _waiting.AddLast(proposal);
            proposal.Node = _waiting.Last;
            if (proposal.IsAnswered)
            {
                // The client gave up before the proposal was here to be forgotten.
                _waiting.RemoveLast();
            }
        }
    }

    /// <summary>The client has given up: the proposal may take effect, and nobody waits for it.</summary>
    public void Forget(PendingProposal proposal)
    {
        lock (_gate)
        {
            if (proposal.Node is { } node && node.List == _waiting)
            {
                _waiting.Remove(node);
            }
        }
    }

    /// <summary>The state machine applied an entry.</summary>
    public void Applied(LogEntry entry, ReadOnlyMemory<byte> result, ServerId leader)
    {
        lock (_gate)
        {
            while (_waiting.First is { } first)
            {
                PendingProposal proposal = first.Value;
                if (proposal.Index == entry.Index && proposal.Term == entry.Term)
                {
                    Complete(proposal, result);
                }
                else if (proposal.Term < entry.Term)
                {
                    // An entry of a newer term is committed at or before the proposal's index. Terms never fall along a log, so every later
                    // leader's log has at least that term there: the proposal's entry can never be committed.
                    Refuse(proposal, ProposalRefusalReason.Superseded, leader);
                }
                else
                {
                    return;
                }

                _waiting.RemoveFirst();
            }
        }
    }

    /// <summary>
    /// A snapshot took the place of entries up to an index: what came out there is not known here. Behind it, proposals of older terms than its last
    /// entry's can never be committed (see <see cref="Applied"/>), and perhaps no entry follows that would say so.
    /// </summary>
    public void Restored(LogIndex lastIncludedIndex, Term lastIncludedTerm, ServerId leader)
    {
        lock (_gate)
        {
            while (_waiting.First is { } first && (first.Value.Index <= lastIncludedIndex || first.Value.Term < lastIncludedTerm))
            {
                Refuse(first.Value, first.Value.Index <= lastIncludedIndex ? ProposalRefusalReason.OutcomeUnknown : ProposalRefusalReason.Superseded, leader);
                _waiting.RemoveFirst();
            }
        }
    }

    /// <summary>The server stops: of the entries behind <paramref name="lastHandedOut"/> it will not know what becomes of them.</summary>
    public void Stopped(LogIndex lastHandedOut)
    {
        lock (_gate)
        {
            LinkedListNode<PendingProposal>? next;
            for (LinkedListNode<PendingProposal>? node = _waiting.First; node is not null; node = next)
            {
                next = node.Next;
                if (node.Value.Index > lastHandedOut)
                {
                    Refuse(node.Value, ProposalRefusalReason.Stopped, ServerId.None);
                    _waiting.Remove(node);
                }
            }
        }
    }

    /// <summary>Refuses a proposal, waiting or not even appended; nothing to do when it has its answer.</summary>
    public void Refuse(PendingProposal proposal, ProposalRefusalReason reason, ServerId leader)
    {
        if (proposal.IsAnswered)
        {
            return;
        }

        ProposalRefusedException refusal = new(reason, leader, proposal.Index);
        Emit(RaftEvents.ProposalRefused(server, proposal.Term, refusal));
        proposal.Refuse(refusal);
    }

    private void Complete(PendingProposal proposal, ReadOnlyMemory<byte> answer)
    {
        ProposalResult result = new(proposal.Term, proposal.Index, answer);
        Emit(RaftEvents.ProposalCompleted(server, result));
        proposal.Complete(result);
    }

    private void Emit(in RaftEvent raftEvent) => observer.OnEvent(in raftEvent);
}
