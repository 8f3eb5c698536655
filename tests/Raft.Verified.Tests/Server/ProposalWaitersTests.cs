using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Xunit;

namespace Raft.Verified.Tests.Server;

public sealed class ProposalWaitersTests
{
    private static readonly ServerId Leader = new(3);
    private readonly ProposalWaiters _waiters = new(new ServerId(1), NullRaftObserver.Instance);

    [Fact]
    public async Task A_waiter_is_completed_by_its_own_entry()
    {
        PendingProposal proposal = Register(term: 2, index: 5);

        Apply(term: 2, index: 5, answer: 7);

        ProposalResult result = await proposal.Task;
        Assert.Equal((new Term(2), new LogIndex(5), (byte)7), (result.Term, result.Index, result.Result.Span[0]));
    }

    [Fact]
    public void Another_leaders_entry_at_the_same_index_refuses_it()
    {
        PendingProposal proposal = Register(term: 2, index: 5);

        Apply(term: 3, index: 5);

        AssertRefused(proposal, ProposalRefusalReason.Superseded, hasNoEffect: true);
    }

    [Fact]
    public void A_newer_terms_entry_before_it_refuses_all_that_wait_behind()
    {
        PendingProposal first = Register(term: 2, index: 5);
        PendingProposal second = Register(term: 2, index: 6);

        Apply(term: 3, index: 5);

        AssertRefused(first, ProposalRefusalReason.Superseded, hasNoEffect: true);
        AssertRefused(second, ProposalRefusalReason.Superseded, hasNoEffect: true);
    }

    [Fact]
    public void Entries_of_its_term_or_older_before_it_leave_it_waiting()
    {
        PendingProposal proposal = Register(term: 2, index: 5);

        Apply(term: 1, index: 3);
        Apply(term: 2, index: 4);

        Assert.False(proposal.IsAnswered);
    }

    [Fact]
    public void A_log_that_ends_before_its_index_shows_that_its_entry_was_truncated()
    {
        PendingProposal kept = Register(term: 2, index: 4);
        PendingProposal old = Register(term: 2, index: 5);
        PendingProposal behind = Register(term: 2, index: 6);

        _waiters.RefuseBehind(new LogIndex(4), Leader);

        AssertRefused(old, ProposalRefusalReason.OutcomeUnknown, hasNoEffect: false);
        AssertRefused(behind, ProposalRefusalReason.OutcomeUnknown, hasNoEffect: false);
        Assert.False(kept.IsAnswered);
    }

    [Fact]
    public void A_snapshot_over_it_leaves_its_outcome_unknown_and_those_behind_it_waiting()
    {
        PendingProposal covered = Register(term: 2, index: 5);
        PendingProposal behind = Register(term: 2, index: 6);

        _waiters.Restored(new LogIndex(5), new Term(2), Leader);

        AssertRefused(covered, ProposalRefusalReason.OutcomeUnknown, hasNoEffect: false);
        Assert.False(behind.IsAnswered);
    }

    [Fact]
    public void A_snapshot_of_a_newer_term_refuses_those_behind_it_for_good()
    {
        PendingProposal covered = Register(term: 2, index: 5);
        PendingProposal behind = Register(term: 2, index: 6);
        PendingProposal newer = Register(term: 3, index: 9);

        _waiters.Restored(new LogIndex(5), new Term(3), Leader);

        AssertRefused(covered, ProposalRefusalReason.OutcomeUnknown, hasNoEffect: false);
        AssertRefused(behind, ProposalRefusalReason.Superseded, hasNoEffect: true);
        Assert.False(newer.IsAnswered);
    }

    [Fact]
    public void A_stop_refuses_everyone_with_its_reason()
    {
        PendingProposal proposal = Register(term: 2, index: 5);

        _waiters.Stopped(LogIndex.Zero);

        AssertRefused(proposal, ProposalRefusalReason.Stopped, hasNoEffect: false);
    }

    private static void AssertRefused(PendingProposal proposal, ProposalRefusalReason reason, bool hasNoEffect)
    {
        Assert.True(proposal.Task.IsFaulted);
        ProposalRefusedException refusal = Assert.IsType<ProposalRefusedException>(proposal.Task.Exception!.InnerException);
        Assert.Equal((reason, hasNoEffect), (refusal.Reason, refusal.HasNoEffect));
    }

    private PendingProposal Register(long term, long index)
    {
        PendingProposal proposal = new(default) { Term = new Term(term), Index = new LogIndex(index) };
        _waiters.Register(proposal);
        return proposal;
    }

    private void Apply(long term, long index, byte answer = 0) =>
        _waiters.Applied(new LogEntry(new Term(term), new LogIndex(index), EntryKind.Command, default), new[] { answer }, Leader);
}
