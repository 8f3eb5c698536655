using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The clients that wait for their proposals' entries to be applied. A waiter is matched by (term, index), because
/// another leader's entry may be committed at its index.
/// </summary>
/// <remarks>
/// The list is ordered by index and by term at once. A server's later proposals have equal or higher terms. Proposals
/// with truncated entries are refused before others take their positions.
/// </remarks>
internal sealed class ProposalWaiters(ServerId server, IRaftObserver observer)
{
    private readonly object _gate = new();
    private readonly LinkedList<PendingProposal> _waiting = [];

    /// <summary>
    /// Refuses the proposals whose entries were truncated because the log now ends at <paramref name="lastIndex"/>.
    /// Another server may still hold and even commit these entries. Called before new entries take their positions.
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

    /// <summary>
    /// Adds a proposal to which the core gave a term and an index, behind those of all waiting proposals.
    /// </summary>
    public void Register(PendingProposal proposal)
    {
        lock (_gate)
        {
            _waiting.AddLast(proposal);
            proposal.Node = _waiting.Last;
            if (proposal.IsAnswered)
            {
                // The client gave up before the proposal was in the list, so Forget did not find it.
                _waiting.RemoveLast();
            }
        }
    }

    /// <summary>Removes a proposal whose client has given up. The proposal may still take effect.</summary>
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

    /// <summary>Answers the client of an entry that the state machine applied.</summary>
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
    /// Refuses the proposals whose fate a restored snapshot decides. The results of entries that the snapshot covers
    /// are unknown here. Later proposals with a term older than the snapshot's can never be committed (see
    /// <see cref="Applied"/>). Perhaps no later entry would reveal this.
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

    /// <summary>
    /// Refuses the proposals behind <paramref name="lastHandedOut"/> when the server stops, because it will not learn
    /// their outcome.
    /// </summary>
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

    /// <summary>
    /// Refuses a proposal, waiting or not yet appended. Without effect when the proposal has its answer.
    /// </summary>
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
