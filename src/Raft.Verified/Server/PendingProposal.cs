using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A proposal and the client that waits for it.</summary>
internal sealed class PendingProposal(ReadOnlyMemory<byte> command)
{
    // Clients continue on their own tasks, never inside the server's.
    private readonly TaskCompletionSource<ProposalResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;
    private ProposalWaiters? _waiters;

    public ReadOnlyMemory<byte> Command { get; } = command;

    public Term Term { get; set; }

    public LogIndex Index { get; set; }

    public Task<ProposalResult> Task => _completion.Task;

    /// <summary>
    /// The completion for the proposal's position in the log; null when the caller did not ask for it.
    /// </summary>
    public TaskCompletionSource<ProposalAcceptance>? Acceptance { get; init; }

    /// <summary>The proposal's node in the list of waiting proposals; null while it is not in the list.</summary>
    public LinkedListNode<PendingProposal>? Node { get; set; }

    public bool IsAnswered => _completion.Task.IsCompleted;

    /// <summary>
    /// Ends the wait when the token is cancelled. Called before the proposal is shared with other tasks.
    /// </summary>
    public void EndWith(CancellationToken cancellationToken, ProposalWaiters waiters)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _waiters = waiters;
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((PendingProposal)state!).Cancel(token), this);
        }
    }

    public void Accept()
    {
        if (Acceptance is not null)
        {
            // A submitter waits only for the position in the log, which is now known.
            _cancellation.Unregister();
            Acceptance.TrySetResult(new ProposalAcceptance(Term, Index, Task));
        }
    }

    public void Complete(ProposalResult result)
    {
        _cancellation.Unregister();
        _completion.TrySetResult(result);
    }

    public void Refuse(ProposalRefusedException refusal)
    {
        _cancellation.Unregister();
        Answers.Fail(_completion, refusal);
        if (Acceptance is not null)
        {
            Answers.Fail(Acceptance, refusal);
        }
    }

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Acceptance is null || Acceptance.TrySetCanceled(cancellationToken))
        {
            _completion.TrySetCanceled(cancellationToken);
            _waiters!.Forget(this);
        }
    }
}
