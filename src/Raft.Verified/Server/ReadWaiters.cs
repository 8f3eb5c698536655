using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A read and the client that waits for it.</summary>
internal abstract class PendingRead
{
    public abstract bool IsAnswered { get; }

    /// <summary>Looks at the state machine and answers the client. Called by the applier, between two entries.</summary>
    public abstract void Serve(LogIndex applied);

    public abstract void Refuse(ReadRefusedException refusal);
}

/// <inheritdoc />
internal sealed class PendingRead<T>(Func<T> query) : PendingRead
{
    // Clients continue on their own tasks, never inside the server's.
    private readonly TaskCompletionSource<ReadResult<T>> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<ReadResult<T>> Task => _completion.Task;

    public override bool IsAnswered => _completion.Task.IsCompleted;

    public void Cancel(CancellationToken cancellationToken) => _completion.TrySetCanceled(cancellationToken);

    public override void Serve(LogIndex applied)
    {
        try
        {
            _completion.TrySetResult(new ReadResult<T>(applied, query()));
        }
        catch (Exception exception)
        {
            // The client's mistake, not the server's.
            Fail(exception);
        }
    }

    public override void Refuse(ReadRefusedException refusal) => Fail(refusal);

    private void Fail(Exception exception)
    {
        if (_completion.TrySetException(exception))
        {
            // A client that has given up does not look any more; that is no unobserved exception.
            _ = _completion.Task.Exception;
        }
    }
}

/// <summary>The clients that wait for reads which the core has taken, by the request that stands for them there.</summary>
internal sealed class ReadWaiters(ServerId server, IRaftObserver observer)
{
    private readonly object _gate = new();
    private readonly LinkedList<(ReadRequest Request, PendingRead[] Reads)> _waiting = [];

    public void Register(ReadRequest request, PendingRead[] reads)
    {
        lock (_gate)
        {
            _waiting.AddLast((request, reads));
        }
    }

    /// <summary>The state machine has applied what the reads must see; called by the applier.</summary>
    public void Serve(ReadRequest request, LogIndex applied, Term term)
    {
        // Told first: of an observer that fails then, the reads still wait, and are answered when the server has stopped.
        Emit(RaftEventKind.ReadServed, applied, term, request);
        foreach (PendingRead read in Take(request))
        {
            read.Serve(applied);
        }
    }

    /// <summary>The core has given the reads back.</summary>
    public void Refuse(ReadRequest request, ReadRefusalReason reason, ServerId leader, Term term)
    {
        foreach (PendingRead read in Take(request))
        {
            Refuse(read, reason, leader, term);
        }
    }

    /// <summary>Refuses a read, waiting or not even taken; nothing to do when it has its answer.</summary>
    public void Refuse(PendingRead read, ReadRefusalReason reason, ServerId leader, Term term)
    {
        if (read.IsAnswered)
        {
            return;
        }

        ReadRefusedException refusal = new(reason, leader);
        Emit(RaftEventKind.ReadRefused, LogIndex.Zero, term, refusal);
        read.Refuse(refusal);
    }

    /// <summary>The server has stopped.</summary>
    public void Stopped(Term term)
    {
        lock (_gate)
        {
            foreach ((_, PendingRead[] reads) in _waiting)
            {
                foreach (PendingRead read in reads)
                {
                    Refuse(read, ReadRefusalReason.Stopped, ServerId.None, term);
                }
            }

            _waiting.Clear();
        }
    }

    // Requests come back in the order in which they went in: the first one is it.
    private PendingRead[] Take(ReadRequest request)
    {
        lock (_gate)
        {
            for (LinkedListNode<(ReadRequest Request, PendingRead[] Reads)>? node = _waiting.First; node is not null; node = node.Next)
            {
                if (ReferenceEquals(node.Value.Request, request))
                {
                    _waiting.Remove(node);
                    return node.Value.Reads;
                }
            }
        }

        throw new InvalidOperationException($"nobody waits for the {request}");
    }

    private void Emit(RaftEventKind kind, LogIndex index, Term term, object subject)
    {
        RaftEvent raftEvent = new() { Kind = kind, Server = server, Term = term, Index = index, Subject = subject };
        observer.On(in raftEvent);
    }
}
