using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The clients that wait for reads, grouped by the request that represents them in the core.</summary>
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

    /// <summary>
    /// Serves reads once the state machine has applied the entries that they must see. Called by the applier.
    /// </summary>
    public void Serve(ReadRequest request, LogIndex applied, Term term)
    {
        // The event comes first. If the observer fails, the reads still wait, and are answered when the server has
        // stopped.
        Emit(RaftEvents.ReadServed(server, term, applied, request));
        foreach (PendingRead read in Take(request) ?? [])
        {
            read.Serve(applied);
        }
    }

    /// <summary>Refuses the reads of a request that the core has given back.</summary>
    public void Refuse(ReadRequest request, ReadRefusalReason reason, ServerId leader, Term term)
    {
        foreach (PendingRead read in Take(request) ?? throw new InvalidOperationException($"nobody waits for the {request}"))
        {
            Refuse(read, reason, leader, term);
        }
    }

    /// <summary>Refuses a read, waiting or not yet taken. Without effect when the read has its answer.</summary>
    public void Refuse(PendingRead read, ReadRefusalReason reason, ServerId leader, Term term)
    {
        if (read.IsAnswered)
        {
            return;
        }

        ReadRefusedException refusal = new(reason, leader);
        Emit(RaftEvents.ReadRefused(server, term, refusal));
        read.Refuse(refusal);
    }

    /// <summary>
    /// Refuses waiting reads when the server stops, because it will not confirm its leadership any more.
    /// </summary>
    /// <param name="term">The server's term.</param>
    /// <param name="exceptReady">True when the state machine still serves the reads that the core has released.</param>
    public void Stopped(Term term, bool exceptReady)
    {
        lock (_gate)
        {
            LinkedListNode<(ReadRequest Request, PendingRead[] Reads)>? next;
            for (LinkedListNode<(ReadRequest Request, PendingRead[] Reads)>? node = _waiting.First; node is not null; node = next)
            {
                next = node.Next;
                if (exceptReady && node.Value.Request.IsReady)
                {
                    continue;
                }

                foreach (PendingRead read in node.Value.Reads)
                {
                    Refuse(read, ReadRefusalReason.Stopped, ServerId.None, term);
                }

                _waiting.Remove(node);
            }
        }
    }

    // Requests come back in the order in which they were taken, so the first one is the right one. There is none when a
    // stopping server has already answered the waiting reads.
    private PendingRead[]? Take(ReadRequest request)
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

        return null;
    }

    private void Emit(in RaftEvent raftEvent) => observer.OnEvent(in raftEvent);
}
