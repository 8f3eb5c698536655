using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

// Linearizable reads: those that come together share one round of the protocol, and run on the applier's task.
public sealed partial class RaftServer
{
    private readonly List<PendingRead> _reads = [];
    private readonly ReadWaiters _readWaiters;

    /// <summary>
    /// Reads the state machine, linearizably and without a log entry (thesis, section 6.4): the query sees every command that was answered before
    /// this was called. Only a leader answers, after a majority has confirmed that it still leads.
    /// </summary>
    /// <param name="query">
    /// Looks at the state machine. Runs on the task that applies commands, between two of them, and so must be quick and change nothing. What it throws
    /// goes to the caller.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; a query that has begun runs to its end. When it is cancelled already, nothing is read.</param>
    /// <returns>The query's result, and the last entry applied before it ran.</returns>
    /// <exception cref="ReadRefusedException">This server cannot answer; the exception says why, and who may. Trying again is safe.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task<ReadResult<T>> ReadAsync<T>(Func<T> query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ReadResult<T>>(cancellationToken);
        }

        PendingRead<T> read = new(query);
        read.EndWith(cancellationToken);
        if (!_inbox.Add(new Input(InputKind.Read, Read: read)))
        {
            _readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, Term);
        }

        return read.Task;
    }

    private void ReadGathered()
    {
        if (_reads.Count == 0)
        {
            return;
        }

        PendingRead[] reads = [.. _reads];
        _reads.Clear();
        if (_core.TakesReads)
        {
            ReadRequest request = new();
            _readWaiters.Register(request, reads);
            Perform(_core.Read(request), new CoreInput(CoreInputKind.Read));
        }
        else
        {
            ReadRefusalReason reason = _core.Role == Role.Leader ? ReadRefusalReason.NothingProposedInTerm : ReadRefusalReason.NotLeader;
            foreach (PendingRead read in reads)
            {
                _readWaiters.Refuse(read, reason, _core.LeaderId, _core.CurrentTerm);
            }
        }
    }

    private void PerformReads(Effects effects)
    {
        for (int i = 0; i < effects.ReadsReady.Count; i++)
        {
            _applier.Queue.Add(new ApplyStep(Read: effects.ReadsReady[i]));
        }

        for (int i = 0; i < effects.ReadsRefused.Count; i++)
        {
            _readWaiters.Refuse(effects.ReadsRefused[i], ReadRefusalReason.LeadershipLost, _core.LeaderId, _core.CurrentTerm);
        }
    }

    // Those that never reached the core, because a step before them failed, and those that it still held.
    private void AnswerReads(bool exceptReady)
    {
        foreach (PendingRead read in _reads)
        {
            _readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, Term);
        }

        foreach (Input input in _batch)
        {
            if (input.Read is { } read)
            {
                _readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, Term);
            }
        }

        _readWaiters.Stopped(Term, exceptReady);
    }
}
