using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// One Raft server, which runs the protocol core on injected tasks and timers. One task owns the core and feeds it from
/// an inbox. The disk, the state machine and each peer have their own task. Queues connect the tasks, so that none
/// waits inside another. The server is safe for concurrent use.
/// </summary>
/// <remarks>
/// This type is the public facade. <see cref="CoreLoop"/> runs the core; <see cref="ServerLifetime"/> starts and ends
/// the tasks.
/// </remarks>
public sealed class RaftServer : IAsyncDisposable
{
    private readonly RaftOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly WorkQueue<Input> _inbox = new();
    private readonly PublishedStatus _status;
    private readonly ProposalWaiters _waiters;
    private readonly ReadWaiters _readWaiters;
    private readonly Applier _applier;
    private readonly CoreLoop _core;
    private readonly ServerLifetime _lifetime;

    private RaftServer(RaftOptions options, RaftEnvironment given, DurableState durable)
    {
        _options = options;
        _time = given.Time;
        RaftEnvironment environment = given with { Abandoned = _abandoned.Token };
        RaftCore core = new(options.Core, durable, environment.Observer);
        _status = new PublishedStatus(core);
        _waiters = new ProposalWaiters(options.Core.Id, environment.Observer);
        _readWaiters = new ReadWaiters(options.Core.Id, environment.Observer);
        _applier = new Applier(options, environment, _status, _inbox, _waiters, _readWaiters);
        ServerTimers timers = new(options, environment, _inbox);
        Outbox outbox = new(options, environment);
        DiskWriter disk = new(environment, _inbox);
        EffectPerformer performer = new(environment, disk, outbox, _applier, _readWaiters, timers);
        _core = new CoreLoop(options, core, _status, _inbox, performer, timers, outbox, _waiters, _readWaiters, new CompactionWaiters());
        _lifetime = new ServerLifetime(options, environment, _status, _inbox, _core, disk, _applier, outbox, timers);
    }

    /// <summary>The identifier of this server.</summary>
    public ServerId Id => _options.Core.Id;

    /// <summary>
    /// A task that completes when the server has stopped, for any reason. It fails with an
    /// <see cref="InvalidOperationException"/> when a part of the server failed and stopped it. The inner exception is
    /// the failure.
    /// </summary>
    public Task Completion => _lifetime.Completion;

    /// <summary>
    /// Returns the present status of the server. After the server's end it keeps the last known values.
    /// </summary>
    public RaftStatus GetStatus() => _core.Describe(_lifetime, _applier.AppliedIndex);

    /// <summary>
    /// Returns the progress of the other servers, in the order of <see cref="RaftCoreOptions.Servers"/>; empty unless this server leads and runs.
    /// </summary>
    public IReadOnlyList<FollowerStatus> GetFollowers() => _core.DescribeFollowers(_lifetime);

    /// <summary>Starts a server from the durable state in its storage.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="environment">
    /// The disk, network, state machine, clock, randomness and tasks. The server may call the state machine before this
    /// method returns.
    /// </param>
    /// <param name="cancellationToken">Ends the wait for the storage. A server that has started is not affected.</param>
    /// <exception cref="ArgumentException">
    /// A setting is invalid, or no correct run can have left the loaded state.
    /// </exception>
    /// <exception cref="OperationCanceledException">The wait was ended before the storage had loaded.</exception>
    public static async Task<RaftServer> StartAsync(RaftOptions options, RaftEnvironment environment, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(environment);
        options.Validate();
        DurableState durable = await Loaded(environment.Storage.LoadAsync(cancellationToken), cancellationToken)
            ?? throw new ArgumentException($"the storage of {options.Core.Id} loaded null; expected {nameof(DurableState)}.{nameof(DurableState.Empty)} for a new server", nameof(environment));
        RaftServer server = new(options, environment, durable);
        server._core.Start(durable);
        server._lifetime.Start();
        return server;
    }

    /// <summary>Proposes a command and waits until it is committed and applied here.</summary>
    /// <param name="command">The command; its bytes must not change afterwards.</param>
    /// <param name="cancellationToken">
    /// Cancels the wait, not the proposal, which may still take effect. If the token is already cancelled, nothing is
    /// proposed.
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

    /// <summary>
    /// Proposes a command and waits until it has a position in the leader's log, not until it is committed.
    /// </summary>
    /// <param name="command">The command; its bytes must not change afterwards.</param>
    /// <param name="cancellationToken">
    /// Cancels the wait for the position, not the proposal, which may still take effect. If the token is already
    /// cancelled, nothing is proposed.
    /// </param>
    /// <returns>The entry's term and index, and a task for the outcome of the proposal.</returns>
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
    /// Reads the state machine linearizably, without a log entry (thesis, section 6.4). The query sees every command
    /// that was answered before this call. Only a leader answers, after a majority has confirmed its leadership.
    /// </summary>
    /// <param name="query">
    /// The query of the state machine. It runs on the task that applies commands, between two commands, so it must be
    /// quick and change nothing. Its exceptions go to the caller.
    /// </param>
    /// <param name="cancellationToken">
    /// Cancels the wait. A query that has begun runs to its end. If the token is already cancelled, nothing is read.
    /// </param>
    /// <returns>The query's result, and the last entry applied before it ran.</returns>
    /// <exception cref="ReadRefusedException">
    /// This server cannot answer. The exception gives the reason and the known leader. A retry is safe.
    /// </exception>
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
            _readWaiters.Refuse(read, ReadRefusalReason.Stopped, ServerId.None, _status.Current.Term);
        }

        return read.Task;
    }

    /// <summary>
    /// Gives the server the state machine's state after <paramref name="index"/>, so that the log up to there can be
    /// discarded. May be called from inside <see cref="IRaftStateMachine.ApplyAsync"/>. Without effect when a newer
    /// snapshot exists.
    /// </summary>
    /// <param name="index">
    /// The last entry that the snapshot covers: applied, or being applied by the caller. A committed entry is not
    /// enough, because the state machine may not have applied it yet (<see cref="RaftStatus.AppliedIndex"/>).
    /// </param>
    /// <param name="snapshot">The state machine's state, whose bytes must not change afterwards.</param>
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
        if (!_inbox.Add(new Input(InputKind.Compaction, Compaction: new PendingCompaction(index, snapshot, completion))))
        {
            CompactionWaiters.Refuse(completion);
        }

        return completion.Task;
    }

    /// <summary>
    /// Takes a message from the transport. The content of a message never causes an exception, so the transport's loop
    /// continues. A message is refused when it is for another server, or when no server of the cluster can have sent it
    /// (<see cref="MessageValidation"/>). A refused message changes nothing and is counted in
    /// <see cref="RaftStatus.RefusedMessages"/>. It is reported with its reason as
    /// <see cref="RaftEventKind.MessageRefused"/>.
    /// </summary>
    /// <param name="message">The message, as it came from the network.</param>
    /// <returns>
    /// The fate of the message. A transport may, for example, close a connection whose messages are refused.
    /// </returns>
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
    /// Stops the server gracefully. Inputs taken so far are carried out, and their writes are finished. Every waiting
    /// client gets its answer or <see cref="ProposalRefusalReason.Stopped"/>. Do not await this task inside the state
    /// machine: it waits for the state machine to return.
    /// </summary>
    /// <remarks>
    /// The wait ends after <see cref="RaftOptions.StopTimeout"/>, or when the token is cancelled, whatever transport,
    /// storage and state machine do. The server then gives up on the calls that have not returned: it cancels their
    /// tokens and answers every client that still waits. <see cref="Completion"/> completes when these calls return.
    /// </remarks>
    /// <param name="cancellationToken">Ends the wait early.</param>
    /// <exception cref="InvalidOperationException">
    /// A part of the server failed. The inner exception is the failure.
    /// </exception>
    /// <exception cref="TimeoutException">
    /// The server did not stop within <see cref="RaftOptions.StopTimeout"/>; the message names the parts that had not returned.
    /// </exception>
    /// <exception cref="OperationCanceledException">The wait was ended; the message names the parts that had not returned.</exception>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        _inbox.Close();
        bool isBounded = _options.StopTimeout != Timeout.InfiniteTimeSpan || cancellationToken.CanBeCanceled;
        return isBounded && !Completion.IsCompleted ? StopOrAbandonAsync(cancellationToken) : Completion;
    }

    /// <summary>
    /// Stops the server like <see cref="StopAsync"/>, and returns at the same time. Only <see cref="Completion"/> reports
    /// a fault that stopped it. A server on which <see cref="StopAsync"/> has given up is not waited for again.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (_abandoned.IsCancellationRequested)
        {
            return;
        }

        try
        {
            await StopAsync();
        }
        catch (InvalidOperationException)
        {
            // The server has ended all the same. Completion reports the fault.
        }
        catch (TimeoutException)
        {
            // Completion does not complete before the calls return that have not ended.
        }
    }

    private static ValueTask<DurableState> Loaded(ValueTask<DurableState> loading, CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled ? new ValueTask<DurableState>(loading.AsTask().WaitAsync(cancellationToken)) : loading;

    private async Task StopOrAbandonAsync(CancellationToken cancellationToken)
    {
        // True when the time is up, false when the token was cancelled, null when the server has stopped.
        TaskCompletionSource<bool?> first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using ITimer timer = _time.CreateTimer(static late => ((TaskCompletionSource<bool?>)late!).TrySetResult(true), first, _options.StopTimeout, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration registration = cancellationToken.Register(static early => ((TaskCompletionSource<bool?>)early!).TrySetResult(false), first);
        _ = TellWhenStoppedAsync(first);
        bool? isLate = await first.Task;
        IReadOnlyList<string> running = _lifetime.Running;
        if (isLate is null || running.Count == 0)
        {
            await Completion;
            return;
        }

        await _abandoned.CancelAsync();
        _lifetime.Abandon();
        string parts = string.Join(", ", running);
        throw isLate.Value
            ? new TimeoutException($"{Id} has not stopped within {_options.StopTimeout.TotalSeconds} s: {parts} did not return")
            : new OperationCanceledException($"{Id} has not stopped: {parts} did not return", cancellationToken);
    }

    private async Task TellWhenStoppedAsync(TaskCompletionSource<bool?> first)
    {
        try
        {
            await Completion;
        }
        catch (InvalidOperationException)
        {
            // The caller of StopAsync awaits Completion, too.
        }

        first.TrySetResult(null);
    }

    private void Post(PendingProposal proposal)
    {
        if (!_inbox.Add(new Input(InputKind.Proposal, Proposal: proposal)))
        {
            _waiters.Refuse(proposal, ProposalRefusalReason.Stopped, ServerId.None);
        }
    }
}
