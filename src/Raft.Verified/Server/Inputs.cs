using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

internal enum InputKind
{
    ElectionTimeout,
    HeartbeatTimeout,
    Message,
    Proposal,
    Read,
    Compaction,
    WriteCompleted,
}

/// <summary>One input on its way to the core.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Message">Of <see cref="InputKind.Message"/>.</param>
/// <param name="Number">The timer's setting, or the number of the completed write.</param>
/// <param name="Proposal">Of <see cref="InputKind.Proposal"/>.</param>
/// <param name="Compaction">Of <see cref="InputKind.Compaction"/>.</param>
/// <param name="Read">Of <see cref="InputKind.Read"/>.</param>
internal readonly record struct Input(
    InputKind Kind, Message? Message = null, long Number = 0, PendingProposal? Proposal = null, PendingCompaction? Compaction = null,
    PendingRead? Read = null);

/// <summary>A proposal and the client that waits for it.</summary>
internal sealed class PendingProposal(ReadOnlyMemory<byte> command)
{
    // Clients continue on their own tasks, never inside the server's.
    private readonly TaskCompletionSource<ProposalResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ReadOnlyMemory<byte> Command { get; } = command;

    public Term Term { get; set; }

    public LogIndex Index { get; set; }

    public Task<ProposalResult> Task => _completion.Task;

    /// <summary>Completed with the proposal's place in the log; null when nobody asked for it.</summary>
    public TaskCompletionSource<ProposalAcceptance>? Acceptance { get; init; }

    public bool IsAnswered => _completion.Task.IsCompleted;

    public void Accept() => Acceptance?.TrySetResult(new ProposalAcceptance(Term, Index, Task));

    public void Complete(ProposalResult result) => _completion.TrySetResult(result);

    public void Refuse(ProposalRefusedException refusal)
    {
        if (_completion.TrySetException(refusal))
        {
            // A client that has given up does not look any more; that is no unobserved exception.
            _ = _completion.Task.Exception;
        }

        if (Acceptance is not null && Acceptance.TrySetException(refusal))
        {
            _ = Acceptance.Task.Exception;
        }
    }

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);
}

/// <summary>A compaction and whoever waits for it to be durable; nobody when the server compacts by itself.</summary>
internal sealed record PendingCompaction(LogIndex Index, ReadOnlyMemory<byte> Snapshot, TaskCompletionSource? Completion);
