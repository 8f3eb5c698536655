using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// The lifetime of a server. It starts each part on its own task, and stops the server when a part fails. It ends the
/// parts in an order in which every client gets its answer.
/// </summary>
internal sealed class ServerLifetime(
    RaftOptions options, RaftEnvironment environment, PublishedStatus status, WorkQueue<Input> inbox, CoreLoop core, DiskWriter disk, Applier applier,
    Outbox outbox, ServerTimers timers)
{
    private readonly object _gate = new(); // Guards the fault.
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(string Name, Task Ended)> _parts = [];
    private readonly object _answering = new(); // Guards the answers at the end, and the two fields below.
    private bool _coreHasEnded;
    private bool _isAbandoned;
    private Exception? _fault;

    /// <summary>The task that completes when all parts have ended, and fails when one of them failed.</summary>
    public Task Completion => _completion.Task;

    /// <summary>The names of the parts that have not ended.</summary>
    public IReadOnlyList<string> Running
    {
        get
        {
            lock (_gate)
            {
                return [.. _parts.Where(part => !part.Ended.IsCompleted).Select(part => part.Name)];
            }
        }
    }

    /// <summary>Returns the state of the server, and the failure that stopped it; null unless it failed.</summary>
    public (RaftServerState State, Exception? Fault) GetState()
    {
        lock (_gate)
        {
            RaftServerState state = _fault is not null ? RaftServerState.Failed
                : _completion.Task.IsCompleted ? RaftServerState.Stopped
                : inbox.IsClosed ? RaftServerState.Stopping
                : RaftServerState.Running;
            return (state, _fault);
        }
    }

    /// <summary>Starts the parts. Called once.</summary>
    public void Start() => environment.Tasks.Start("server", RunAllAsync);

    /// <summary>
    /// Answers every client that still waits, because a call into transport, storage or state machine does not return. Its
    /// part ends when the call returns, and the server with it.
    /// </summary>
    public void Abandon()
    {
        lock (_answering)
        {
            // The core never waits for such a call. If it has not ended yet, its clients are answered when it has.
            _isAbandoned = true;
            if (_coreHasEnded)
            {
                AnswerEverybody();
            }
        }
    }

    private async Task RunAllAsync()
    {
        Task diskTask = StartPart("disk", disk.RunDiskAsync);
        Task applierTask = StartPart("applier", applier.RunAsync);
        Task[] senders = new Task[outbox.Senders.Count];
        for (int i = 0; i < senders.Length; i++)
        {
            PeerSender sender = outbox.Senders[i];
            senders[i] = StartPart($"sender to {sender.Peer}", sender.RunAsync);
        }

        await StartPart("core", core.RunCoreAsync);
        core.TakeOverInbox();
        timers.Dispose();
        AnswerWhoWaitsForTheCore();
        disk.Queue.Close();
        await diskTask;

        // Before the applier: the state machine may be waiting for a compaction inside the command it applies.
        AnswerCompactions();
        applier.Queue.Close();
        await applierTask;

        // Before the senders: a peer that accepts no messages must not keep a client waiting.
        outbox.Close();
        try
        {
            lock (_answering)
            {
                core.AnswerClients(exceptHandedOut: false);
            }

            Emit(RaftEvents.Stopped(options.Core.Id, status.Current.Term));
        }
        catch (Exception exception)
        {
            Blame(exception);
        }

        foreach (Task sender in senders)
        {
            await sender;
        }

        Complete();
    }

    private void Complete()
    {
        Exception? fault = GetState().Fault;
        if (fault is null)
        {
            _completion.SetResult();
            return;
        }

        _completion.SetException(new InvalidOperationException($"{options.Core.Id} was stopped by a fault: {fault.Message}", fault));
        _ = _completion.Task.Exception; // Whoever does not ask is not told by the framework either.
    }

    private Task StartPart(string name, Func<Task> body)
    {
        Task ended = environment.Tasks.Start(name, () => GuardAsync(body));
        lock (_gate)
        {
            _parts.Add((name, ended));
        }

        return ended;
    }

    // If a part fails, the server stops: the part's remaining work is lost, and other parts may depend on it.
    private async Task GuardAsync(Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (RaftServerStoppedException)
        {
            // The state machine asked a stopping server to compact. This is no failure.
        }
        catch (Exception exception)
        {
            // The event comes before any refusal that it causes. Even if the observer fails, the server stops, so that
            // it does not lead without applying.
            Blame(exception);
            try
            {
                Emit(RaftEvents.Faulted(options.Core.Id, status.Current.Term, exception));
            }
            catch (Exception second)
            {
                Blame(new AggregateException(exception, second));
            }
            finally
            {
                inbox.Close();
            }
        }
    }

    // The first fault is the one that is reported; later ones follow from it.
    private void Blame(Exception exception)
    {
        lock (_gate)
        {
            _fault ??= exception;
        }
    }

    // The core has ended, so no more entries are committed. Only entries and reads already handed to the state machine
    // can still get a real answer. When a part has failed, not even these are waited for, because the state machine may
    // hang too. So no client waits for a disk that hangs.
    private void AnswerWhoWaitsForTheCore()
    {
        lock (_answering)
        {
            _coreHasEnded = true;
            if (_isAbandoned)
            {
                AnswerEverybody();
                return;
            }

            try
            {
                core.AnswerClients(exceptHandedOut: GetState().Fault is null);
            }
            catch (Exception exception)
            {
                Blame(exception);
            }
        }
    }

    private void AnswerEverybody()
    {
        try
        {
            core.AnswerClients(exceptHandedOut: false);
        }
        catch (Exception exception)
        {
            Blame(exception);
        }

        AnswerCompactions();
    }

    private void AnswerCompactions()
    {
        lock (_answering)
        {
            core.AnswerCompactions(disk.LastDurable);
        }
    }

    private void Emit(in RaftEvent raftEvent) => environment.Observer.OnEvent(in raftEvent);
}
