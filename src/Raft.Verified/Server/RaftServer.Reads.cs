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
    /// <param name="cancellationToken">Ends the wait; the query may still run.</param>
    /// <returns>The query's result, and the last entry applied before it ran.</returns>
    /// <exception cref="ReadRefusedException">This server cannot answer; the exception says why, and who may. Trying again is safe.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task<ReadResult<T>> ReadAsync<T>(Func<T> query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        PendingRead<T> read = new(query);
        if (!_inbox.Add(new Input(InputKind.Read, Read: read)))
        {
            _readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, Term);
        }

        return cancellationToken.CanBeCanceled ? WaitAsync(read, cancellationToken) : read.Task;
    }

    private static async Task<ReadResult<T>> WaitAsync<T>(PendingRead<T> read, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration =
            cancellationToken.Register(static (state, token) => ((PendingRead<T>)state!).Cancel(token), read);
        return await read.Task;
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
            Perform(_core.Read(request));
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
    private void AnswerReads()
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

        _readWaiters.Stopped(Term);
    }
}
