using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The callers that wait for their snapshots to be durable. Only the task that owns the core uses this object; after
/// that task has ended, the task that ends the server does.
/// </summary>
internal sealed class CompactionWaiters
{
    private readonly Queue<(WriteId After, TaskCompletionSource Completion)> _waitingForDisk = new();

    /// <summary>Keeps a caller until <paramref name="write"/> is durable.</summary>
    public void Register(WriteId write, TaskCompletionSource completion) => _waitingForDisk.Enqueue((write, completion));

    /// <summary>Answers the callers whose snapshots are in writes up to <paramref name="durable"/>.</summary>
    public void Completed(WriteId durable)
    {
        while (_waitingForDisk.TryPeek(out (WriteId After, TaskCompletionSource Completion) compaction) && compaction.After.Value <= durable.Value)
        {
            _waitingForDisk.Dequeue();
            compaction.Completion.SetResult();
        }
    }

    /// <summary>
    /// Answers all callers when the disk has ended with <paramref name="lastDurable"/>. Callers with later writes get a
    /// <see cref="RaftServerStoppedException"/>.
    /// </summary>
    public void Stopped(WriteId lastDurable)
    {
        while (_waitingForDisk.TryDequeue(out (WriteId After, TaskCompletionSource Completion) compaction))
        {
            if (compaction.After.Value <= lastDurable.Value)
            {
                compaction.Completion.TrySetResult();
            }
            else
            {
                Refuse(compaction.Completion);
            }
        }
    }

    /// <summary>Refuses a caller whose snapshot came after the server stopped taking snapshots.</summary>
    public static void Refuse(TaskCompletionSource completion) => Answers.Fail(completion, new RaftServerStoppedException("the snapshot was durable"));
}
