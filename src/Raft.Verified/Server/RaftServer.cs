using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// One Raft server: runs the protocol core over controllable tasks and timers. One task owns the core and feeds it from an inbox; the disk, the
/// state machine and each peer have a task of their own, joined by queues, so that none of them waits inside another. Safe for
/// concurrent use.
/// </summary>
public sealed partial class RaftServer : IAsyncDisposable
{
    private static readonly List<Input> NoInputs = [];
    private readonly object _gate = new(); // Guards the core and what is read from it.
    private readonly RaftOptions _options;
    private readonly RaftEnvironment _environment;
    private readonly RaftCore _core;
    private readonly WorkQueue<Input> _inbox = new();
    private readonly WorkQueue<DurableWrite> _disk = new();
    private readonly PeerSender[] _senders;
    private readonly ProposalWaiters _waiters;
    private readonly Applier _applier;
    private readonly ServerTimer _electionTimer;
    private readonly ServerTimer _heartbeatTimer;
    private readonly Queue<OutgoingMessage> _waitingForDisk = new();
    private readonly Queue<(WriteId After, TaskCompletionSource Completion)> _compactionsWaitingForDisk = new();
    private readonly List<PendingProposal> _proposals = [];
    private List<Input> _batch = NoInputs;
    private WriteId _lastDurable;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _fault;

    private RaftServer(RaftOptions options, RaftEnvironment environment, DurableState durable)
    {
        _options = options;
        _environment = environment;
        _core = new RaftCore(options.Core, durable, environment.Observer);
        _waiters = new ProposalWaiters(options.Core.Id, environment.Observer);
        _readWaiters = new ReadWaiters(options.Core.Id, environment.Observer);
        _applier = new Applier(this, options, environment, _waiters, _readWaiters);
        _electionTimer = new ServerTimer(environment.Time, _inbox, InputKind.ElectionTimeout);
        _heartbeatTimer = new ServerTimer(environment.Time, _inbox, InputKind.HeartbeatTimeout);
        _senders = [.. options.Core.Servers.Where(peer => peer != options.Core.Id).Select(peer => new PeerSender(peer, options, environment))];
    }

    /// <summary>This server.</summary>
    public ServerId Id => _options.Core.Id;

    /// <summary>Completes when the server has stopped, for whatever reason.</summary>
    /// <exception cref="InvalidOperationException">A part of the server failed and stopped it; the inner exception says how.</exception>
    public async Task WaitForStopAsync()
    {
        await _stopped.Task;
        lock (_gate)
        {
            if (_fault is not null)
            {
                throw new InvalidOperationException($"{Id} was stopped by a fault: {_fault.Message}", _fault);
            }
        }
    }

    /// <summary>A look at the server now. Also after its end: the last that it knew.</summary>
    public RaftStatus Status
    {
        get
        {
            LogIndex applied = _applier.AppliedIndex;
            lock (_gate)
            {
                RaftServerState state = State;
                bool hasRole = state <= RaftServerState.Stopping;
                return new RaftStatus(
                    Id, state, hasRole ? _core.Role : Role.Follower, _core.CurrentTerm, hasRole ? _core.LeaderId : ServerId.None, _core.Log.LastIndex,
                    _core.CommitIndex, applied, _core.Log.SnapshotIndex, _core.RefusedMessages, _fault);
            }
        }
    }

    /// <summary>
    /// As a leader, how far each of the others has come, in the order of <see cref="RaftCoreOptions.Servers"/>; empty when not leading, stopped or failed.
    /// </summary>
    public IReadOnlyList<FollowerStatus> Followers
    {
        get
        {
            lock (_gate)
            {
                if (State > RaftServerState.Stopping)
                {
                    return [];
                }

                List<FollowerStatus> followers = new(_senders.Length);
                foreach (ServerId server in _options.Core.Servers)
                {
                    if (_core.ProgressOf(server) is { } progress)
                    {
                        followers.Add(new FollowerStatus(server, progress.NextIndex, progress.MatchIndex, progress.Mode));
                    }
                }

                return followers;
            }
        }
    }

    // Called under the lock.
    private RaftServerState State => _fault is not null ? RaftServerState.Failed
        : _stopped.Task.IsCompleted ? RaftServerState.Stopped
        : _inbox.IsClosed ? RaftServerState.Stopping
        : RaftServerState.Running;

    internal ServerId Leader
    {
        get
        {
            lock (_gate)
            {
                return _core.LeaderId;
            }
        }
    }

    internal Term Term
    {
        get
        {
            lock (_gate)
            {
                return _core.CurrentTerm;
            }
        }
    }

    /// <summary>Starts a server from what its storage holds.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="environment">Disk, network, state machine, clock, randomness, tasks. The server may call the state machine before this returns.</param>
    /// <exception cref="ArgumentException">A setting makes no sense, or what the storage loaded cannot be the remains of a correct run.</exception>
    public static async Task<RaftServer> StartAsync(RaftOptions options, RaftEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        options.Validate();
        DurableState durable = await environment.Storage.LoadAsync()
            ?? throw new ArgumentException($"the storage of {options.Core.Id} loaded null; expected {nameof(DurableState)}.{nameof(DurableState.Empty)} for a new server", nameof(environment));
        RaftServer server = new(options, environment, durable);
        server.Start(durable);
        return server;
    }

    /// <summary>Proposes a command and waits until it is committed and applied here.</summary>
    /// <param name="command">The command; its bytes must not change afterwards.</param>
    /// <param name="cancellationToken">
    /// Ends the wait, not the proposal: it may still take effect. When it is cancelled already, nothing is proposed.
    /// </param>
    /// <returns>The entry's term and index, and the state machine's answer.</returns>
    /// <exception cref="ProposalRefusedException">The proposal has no effect, or its outcome is unknown here; the exception says which.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task<ProposalResult> ProposeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ProposalResult>(cancellationToken);
        }

        PendingProposal proposal = new(command);
        proposal.EndWith(cancellationToken, _waiters);
        Post(proposal);
        return proposal.Task;
    }

    /// <summary>Proposes a command and waits until it has a place in the leader's log, not until it is committed.</summary>
    /// <param name="command">The command; its bytes must not change afterwards.</param>
    /// <param name="cancellationToken">
    /// Ends the wait for the place, not the proposal: it may still take effect. When it is cancelled already, nothing is proposed.
    /// </param>
    /// <returns>The entry's term and index, and a task for what becomes of it.</returns>
    /// <exception cref="ProposalRefusedException">The server does not lead, or has stopped: the command was not appended.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    public Task<ProposalAcceptance> SubmitAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<ProposalAcceptance>(cancellationToken);
        }

        TaskCompletionSource<ProposalAcceptance> acceptance = new(TaskCreationOptions.RunContinuationsAsynchronously);
        PendingProposal proposal = new(command) { Acceptance = acceptance };
        proposal.EndWith(cancellationToken, _waiters);
        Post(proposal);
        return acceptance.Task;
    }

    /// <summary>
    /// Gives the server the state machine's state after <paramref name="index"/>, so that the log up to there can go. May be called from inside
    /// <see cref="IStateMachine.ApplyAsync"/>. Without effect when a newer snapshot exists.
    /// </summary>
    /// <param name="index">
    /// The last entry that the snapshot stands for: applied, or being applied by the caller. That an entry is committed is not enough; the state machine may
    /// not have seen it yet (<see cref="RaftStatus.AppliedIndex"/>).
    /// </param>
    /// <param name="snapshot">The state; its bytes must not change afterwards.</param>
    /// <returns>A task that completes when the snapshot is durable.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The state machine has not been given the entry yet.</exception>
    /// <exception cref="RaftServerStoppedException">The server stopped first.</exception>
    public Task CompactAsync(LogIndex index, ReadOnlyMemory<byte> snapshot)
    {
        LogIndex reached = _applier.ReachedIndex;
        if (index > reached && !_inbox.IsClosed)
        {
            return Task.FromException(new ArgumentOutOfRangeException(
                nameof(index), $"the snapshot covers entries up to {index}; the state machine has been given entries up to {reached}"));
        }

        TaskCompletionSource completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!PostCompaction(new PendingCompaction(index, snapshot, completion)))
        {
            Answers.Fail(completion, ServerStopped());
        }

        return completion.Task;
    }

    /// <summary>
    /// Takes a message from the transport. Never throws for what a message says: whatever comes out of a network, the transport's loop goes on. A
    /// message that no server of the cluster can have sent (<see cref="MessageValidation"/>), or that is not for this server, changes nothing, is
    /// counted in <see cref="RaftStatus.RefusedMessages"/>, and reported with its reason as <see cref="RaftEventKind.MessageRefused"/>.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <returns>The message's fate, for the transport's own counts: it may, for example, close a connection that brings messages that are refused.</returns>
    public MessageReceipt Receive(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        bool isWellFormed = MessageValidation.FindFault(message, _options.Core) is null;
        if (!_inbox.Add(new Input(isWellFormed ? InputKind.Message : InputKind.RefusedMessage, message)))
        {
            return MessageReceipt.Stopped;
        }

        return isWellFormed ? MessageReceipt.Taken : MessageReceipt.Refused;
    }

    /// <summary>
    /// Stops the server in good order: inputs taken so far are carried out, their writes finished, and every waiting client gets its answer or
    /// <see cref="RefusalReason.Stopped"/>. Not to be awaited from inside the state machine, whose return it waits for.
    /// </summary>
    /// <exception cref="InvalidOperationException">A part of the server failed; the inner exception says how.</exception>
    public Task StopAsync()
    {
        _inbox.Close();
        return WaitForStopAsync();
    }

    /// <summary>As <see cref="StopAsync"/>, but a fault that stopped the server is left to <see cref="WaitForStopAsync"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        _inbox.Close();
        await _stopped.Task;
    }

    internal bool PostCompaction(PendingCompaction compaction) => _inbox.Add(new Input(InputKind.Compaction, Compaction: compaction));

    private void Post(PendingProposal proposal)
    {
        if (!_inbox.Add(new Input(InputKind.Proposal, Proposal: proposal)))
        {
            _waiters.Refuse(proposal, RefusalReason.Stopped, ServerId.None);
        }
    }

    private static RaftServerStoppedException ServerStopped() => new("the snapshot was durable");

    private void Start(DurableState durable)
    {
        lock (_gate)
        {
            Perform(_core.Start(), new CoreInput(CoreInputKind.Start) { Loaded = durable });
        }

        _environment.Tasks.Start("server", RunAllAsync);
    }

    private async Task RunAllAsync()
    {
        Task disk = StartPart("disk", RunDiskAsync);
        Task applier = StartPart("applier", _applier.RunAsync);
        Task[] senders = new Task[_senders.Length];
        for (int i = 0; i < _senders.Length; i++)
        {
            PeerSender sender = _senders[i];
            senders[i] = StartPart($"sender to {sender.Peer}", sender.RunAsync);
        }

        await StartPart("core", RunCoreAsync);
        TakeOverInbox();
        _electionTimer.Dispose();
        _heartbeatTimer.Dispose();
        AnswerWhoWaitsForTheCore();
        _disk.Close();
        await disk;

        // Before the applier: the state machine may be waiting for a compaction inside the command it applies.
        AnswerCompactions();
        _applier.Queue.Close();
        await applier;

        // Before the senders: a peer that takes nothing must not keep a client waiting.
        foreach (PeerSender sender in _senders)
        {
            sender.Close();
        }

        try
        {
            AnswerProposals(LogIndex.Zero);
            AnswerReads(exceptReady: false);
            Emit(RaftEventKind.Stopped, null);
        }
        catch (Exception exception)
        {
            Blame(exception);
        }

        foreach (Task sender in senders)
        {
            await sender;
        }

        _stopped.SetResult();
    }

    private Task StartPart(string name, Func<Task> body) => _environment.Tasks.Start(name, () => GuardAsync(body));

    // A part that fails takes the server down: what it would have done is missing, and nobody can say what depends on it.
    private async Task GuardAsync(Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (RaftServerStoppedException)
        {
            // The state machine asked a stopping server to compact, and ends with it in good order.
        }
        catch (Exception exception)
        {
            // Told before anybody is refused because of it. Whatever the observer does, no server is left behind that leads and applies nothing.
            Blame(exception);
            try
            {
                Emit(RaftEventKind.Faulted, exception);
            }
            catch (Exception second)
            {
                Blame(new AggregateException(exception, second));
            }
            finally
            {
                _inbox.Close();
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

    private async Task RunCoreAsync()
    {
        await _inbox.WaitAsync();
        while (_inbox.TryTakeAll(out List<Input> inputs))
        {
            lock (_gate)
            {
                // A step that fails leaves the batch here, whose clients are answered at the end.
                _batch = inputs;
                for (int i = 0; i < inputs.Count; i++)
                {
                    Step(inputs[i]);
                }

                ProposeGathered();
                ReadGathered();
                _batch = NoInputs;
            }

            await _inbox.WaitAsync();
        }
    }

    private async Task RunDiskAsync()
    {
        await _disk.WaitAsync();
        while (_disk.TryTakeAll(out List<DurableWrite> writes))
        {
            if (writes.Count > 0)
            {
                await _environment.Storage.WriteAsync(writes);
                _lastDurable = writes[^1].Id;
                _inbox.Add(new Input(InputKind.WriteCompleted, Number: writes[^1].Id.Value));
            }

            await _disk.WaitAsync();
        }
    }

    private void Step(Input input)
    {
        // Proposals that came together are appended, written and sent together; reads are confirmed together, behind the whole batch.
        if (input.Kind == InputKind.Proposal)
        {
            // A client that has given up before anything was done for it gets nothing done.
            if (!input.Proposal!.IsAnswered)
            {
                _proposals.Add(input.Proposal);
            }

            return;
        }

        if (input.Kind == InputKind.Read)
        {
            if (!input.Read!.IsAnswered)
            {
                _reads.Add(input.Read);
            }

            return;
        }

        ProposeGathered();
        switch (input.Kind)
        {
            case InputKind.ElectionTimeout when _electionTimer.IsCurrent(input.Number):
                Perform(_core.ElectionTimeout(), new CoreInput(CoreInputKind.ElectionTimeout));
                break;
            case InputKind.HeartbeatTimeout when _heartbeatTimer.IsCurrent(input.Number):
                Perform(_core.HeartbeatTimeout(), new CoreInput(CoreInputKind.HeartbeatTimeout));
                break;
            case InputKind.Message:
                Perform(_core.Receive(input.Message!), new CoreInput(CoreInputKind.Receive) { Message = input.Message });
                break;
            case InputKind.RefusedMessage:
                _core.Refuse(input.Message!, MessageValidation.FindFault(input.Message!, _options.Core)!);
                break;
            case InputKind.Compaction:
                Compact(input.Compaction!);
                break;
            case InputKind.WriteCompleted:
                WriteCompleted(new WriteId(input.Number));
                break;
            default:
                break;
        }
    }

    private void ProposeGathered()
    {
        if (_proposals.Count == 0)
        {
            return;
        }

        if (_core.Role == Role.Leader)
        {
            ReadOnlyMemory<byte>[] commands = new ReadOnlyMemory<byte>[_proposals.Count];
            for (int i = 0; i < commands.Length; i++)
            {
                commands[i] = _proposals[i].Command;
            }

            _waiters.RefuseBehind(_core.Log.LastIndex, _core.LeaderId);
            Effects effects = _core.Propose(commands);
            for (int i = 0; i < commands.Length; i++)
            {
                PendingProposal proposal = _proposals[i];
                proposal.Term = _core.CurrentTerm;
                proposal.Index = effects.FirstProposedIndex + i;
                _waiters.Register(proposal);
            }

            Perform(effects, new CoreInput(CoreInputKind.Propose) { Commands = commands });
            foreach (PendingProposal proposal in _proposals)
            {
                proposal.Accept();
            }
        }
        else
        {
            foreach (PendingProposal proposal in _proposals)
            {
                _waiters.Refuse(proposal, RefusalReason.NotLeader, _core.LeaderId);
            }
        }

        _proposals.Clear();
    }

    private void Compact(PendingCompaction compaction)
    {
        Effects effects = _core.Compact(compaction.Index, compaction.Snapshot);
        if (compaction.Completion is { } completion)
        {
            if (effects.Write is { } write)
            {
                _compactionsWaitingForDisk.Enqueue((write.Id, completion));
            }
            else
            {
                completion.SetResult();
            }
        }

        Perform(effects, new CoreInput(CoreInputKind.Compact) { Index = compaction.Index, Data = compaction.Snapshot });
    }

    private void WriteCompleted(WriteId id)
    {
        while (_waitingForDisk.TryPeek(out OutgoingMessage message) && message.After.Value <= id.Value)
        {
            _waitingForDisk.Dequeue();
            SenderTo(message.Message.To).Send(message.Message);
        }

        while (_compactionsWaitingForDisk.TryPeek(out (WriteId After, TaskCompletionSource Completion) compaction) && compaction.After.Value <= id.Value)
        {
            _compactionsWaitingForDisk.Dequeue();
            compaction.Completion.SetResult();
        }

        Perform(_core.WriteCompleted(id), new CoreInput(CoreInputKind.WriteCompleted) { Write = id });
    }

    // Carries out the core's effects in the order stated at Effects.
    private void Perform(Effects effects, in CoreInput input)
    {
        _environment.Inputs?.Took(in input, _core, effects);
        if (effects.Write is { } write)
        {
            _disk.Add(write);
        }

        for (int i = 0; i < effects.Messages.Count; i++)
        {
            OutgoingMessage message = effects.Messages[i];
            if (message.After == WriteId.None)
            {
                SenderTo(message.Message.To).Send(message.Message);
            }
            else
            {
                _waitingForDisk.Enqueue(message);
            }
        }

        if (effects.Restore is { } snapshot)
        {
            _applier.Queue.Add(new ApplyStep(Restore: snapshot));
        }

        for (int i = 0; i < effects.Committed.Count; i++)
        {
            _applier.Queue.Add(new ApplyStep(Entry: effects.Committed[i]));
        }

        PerformReads(effects);

        SetTimers(effects.Timers);
    }

    private void SetTimers(TimerEffects timers)
    {
        if (timers.HasFlag(TimerEffects.StopElection))
        {
            _electionTimer.Stop();
        }
        else if (timers.HasFlag(TimerEffects.ResetElection))
        {
            _electionTimer.Reset(DrawElectionTimeout());
        }

        if (timers.HasFlag(TimerEffects.StopHeartbeat))
        {
            _heartbeatTimer.Stop();
        }
        else if (timers.HasFlag(TimerEffects.ResetHeartbeat))
        {
            _heartbeatTimer.Reset(_options.HeartbeatInterval);
        }
    }

    // Section 5.2: randomised, so that split votes are rare and resolve themselves. In whole milliseconds, which is all a timer knows.
    private TimeSpan DrawElectionTimeout()
    {
        int min = (int)_options.ElectionTimeoutMin.TotalMilliseconds;
        int max = (int)_options.ElectionTimeoutMax.TotalMilliseconds;
        return TimeSpan.FromMilliseconds(min + _environment.Random.Next(max - min + 1));
    }

    private PeerSender SenderTo(ServerId peer)
    {
        foreach (PeerSender sender in _senders)
        {
            if (sender.Peer == peer)
            {
                return sender;
            }
        }

        throw new InvalidOperationException($"no sender to {peer}");
    }

    // A core that failed takes nothing more: what came in behind its last batch is answered together with that.
    private void TakeOverInbox()
    {
        List<Input> rest = [.. _batch];
        if (_inbox.TryTakeAll(out List<Input> behind))
        {
            rest.AddRange(behind);
        }

        _batch = rest;
    }

    // The core has ended, and with it all commits. Only what it has handed to the state machine can still have a better answer than that the server
    // stops; when a part has failed, not even that is waited for, because the state machine may hang, too. So no client waits for a disk that does not
    // come back.
    private void AnswerWhoWaitsForTheCore()
    {
        try
        {
            bool isFailing;
            lock (_gate)
            {
                isFailing = _fault is not null;
            }

            AnswerProposals(isFailing ? LogIndex.Zero : _core.LastApplied);
            AnswerReads(exceptReady: !isFailing);
        }
        catch (Exception exception)
        {
            Blame(exception);
        }
    }

    // The core and the disk have ended: nobody else touches what is gathered here.
    private void AnswerCompactions()
    {
        while (_compactionsWaitingForDisk.TryDequeue(out (WriteId After, TaskCompletionSource Completion) compaction))
        {
            if (compaction.After.Value <= _lastDurable.Value)
            {
                compaction.Completion.TrySetResult();
            }
            else
            {
                Answers.Fail(compaction.Completion, ServerStopped());
            }
        }

        foreach (Input input in _batch)
        {
            if (input.Compaction?.Completion is { } completion)
            {
                Answers.Fail(completion, ServerStopped());
            }
        }
    }

    // Those that never reached the core, because a step before them failed, and those whose entries lie behind the last one that the state machine gets.
    private void AnswerProposals(LogIndex lastHandedOut)
    {
        foreach (PendingProposal proposal in _proposals)
        {
            _waiters.Refuse(proposal, RefusalReason.Stopped, ServerId.None);
        }

        foreach (Input input in _batch)
        {
            if (input.Proposal is { } proposal)
            {
                _waiters.Refuse(proposal, RefusalReason.Stopped, ServerId.None);
            }
        }

        _waiters.Stopped(lastHandedOut);
    }

    private void Emit(RaftEventKind kind, object? subject)
    {
        RaftEvent raftEvent = new() { Kind = kind, Server = Id, Term = Term, Subject = subject };
        _environment.Observer.On(in raftEvent);
    }
}
