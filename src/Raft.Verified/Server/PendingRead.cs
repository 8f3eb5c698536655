using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A read and the client that waits for it.</summary>
internal abstract class PendingRead
{
    public abstract bool IsAnswered { get; }

    /// <summary>Queries the state machine and answers the client. Called by the applier between two entries.</summary>
    public abstract void Serve(LogIndex applied);

    public abstract void Refuse(ReadRefusedException refusal);
}

/// <inheritdoc />
internal sealed class PendingRead<T>(Func<T> query) : PendingRead
{
    // Clients continue on their own tasks, never inside the server's.
    private readonly TaskCompletionSource<ReadResult<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<T>? _query = query;
    private CancellationTokenRegistration _cancellation;

    public Task<ReadResult<T>> Task => _completion.Task;

    public override bool IsAnswered => _completion.Task.IsCompleted;

    /// <summary>Ends the wait when the token is cancelled. Called before the read is shared with other tasks.</summary>
    public void EndWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(static (state, token) => ((PendingRead<T>)state!).Cancel(token), this);
        }
    }

    public override void Serve(LogIndex applied)
    {
        if (_query is not { } look)
        {
            return;
        }

        _cancellation.Unregister();
        try
        {
            _completion.TrySetResult(new ReadResult<T>(applied, look()));
        }
        catch (Exception exception)
        {
            // The query failed, which is the client's mistake and does not stop the server.
            Answers.Fail(_completion, exception);
        }
    }

    public override void Refuse(ReadRefusedException refusal)
    {
        _cancellation.Unregister();
        Answers.Fail(_completion, refusal);
    }

    // The read stays in its round, but releases all objects of its client.
    private void Cancel(CancellationToken cancellationToken)
    {
        _completion.TrySetCanceled(cancellationToken);
        _query = null;
    }
}
