namespace Raft.Verified.Protocol;

/// <summary>
/// The Raft protocol (paper, Figure 2 and section 7) as a deterministic state machine. Each input returns
/// <see cref="Effects"/>. The core contains no task, lock, clock, randomness or I/O. It is not safe for concurrent use.
/// </summary>
/// <remarks>
/// The rules stand in the partial files by topic: elections (section 5.2, 5.4.1), replication as seen by the leader and by the follower
/// (5.3), commit (5.3, 5.4.2), snapshots (7), reads (8). This file holds the state, the inputs and what is common to all of them.
/// </remarks>
public sealed partial class RaftCore
{
    private readonly RaftCoreOptions _options;
    private readonly IRaftObserver _observer;
    private readonly Effects _effects = new();
    private readonly VoteTally _votes = new();
    private readonly ReplicationTracker _replication;
    private readonly DurabilityTracker _durability;

    // The changes of this step that must reach the disk. They become one write at the end of the step.
    private bool _termOrVoteDirty;
    private WriteId _termAndVoteWrite;
    private LogIndex? _logDirtyFrom;
    private Snapshot? _snapshotDirty;
    private bool _snapshotKeepsSuffix;

    /// <summary>
    /// Restarts a server from its durable state. A new server starts from <see cref="DurableState.Empty"/>.
    /// </summary>
    /// <param name="options">The protocol's settings.</param>
    /// <param name="durable">The state that the disk holds.</param>
    /// <param name="observer">The observer of the core's events.</param>
    /// <exception cref="ArgumentException">
    /// The settings are invalid, or no correct run can have left this durable state.
    /// </exception>
    public RaftCore(RaftCoreOptions options, DurableState durable, IRaftObserver observer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(durable);
        ArgumentNullException.ThrowIfNull(observer);
        options.Validate();
        _options = options;
        _observer = observer;
        _replication = new ReplicationTracker(options);

        CurrentTerm = durable.CurrentTerm;
        VotedFor = durable.VotedFor;
        Recover(durable);
        _durability = new DurabilityTracker(Log.LastIndex);
        CommitIndex = Log.SnapshotIndex;
        Emit(RaftEvents.Started(Id, CurrentTerm, Role, Log.LastIndex, VotedFor, durable));
    }

    /// <summary>This server.</summary>
    public ServerId Id => _options.Id;

    /// <summary>The latest term this server has seen (Figure 2). Durable.</summary>
    public Term CurrentTerm { get; private set; }

    /// <summary>The candidate that has this server's vote of the current term (Figure 2). Durable, together with the term.</summary>
    public ServerId VotedFor { get; private set; }

    /// <summary>The log (Figure 2). Durable.</summary>
    public RaftLog Log { get; } = new();

    /// <summary>The snapshot that stands for the log's prefix (section 7), if any. Durable.</summary>
    public Snapshot? Snapshot { get; private set; }

    /// <summary>The highest entry known to be committed (Figure 2).</summary>
    public LogIndex CommitIndex { get; private set; }

    /// <summary>The highest entry handed out to be applied (Figure 2): committed, and durable on this server.</summary>
    public LogIndex LastApplied { get; private set; }

    /// <summary>The last entry of the log's prefix that this server's own disk holds.</summary>
    public LogIndex DurableIndex => _durability.DurableIndex;

    /// <summary>The role of this server: follower, candidate or leader (section 5.1).</summary>
    public Role Role { get; private set; }

    /// <summary>The leader of the current term; none when this server does not know it.</summary>
    public ServerId LeaderId { get; private set; }

    /// <summary>
    /// Returns the leader's knowledge of a follower (Figure 2: nextIndex, matchIndex). Null for other servers, and when
    /// not leading.
    /// </summary>
    public FollowerProgress? ProgressOf(ServerId server) => _replication[SlotOf(server)];

    /// <summary>
    /// Returns the first effects of a started server: restore the snapshot and start the election timer.
    /// </summary>
    public Effects Start()
    {
        _effects.Clear();
        ResetElectionTimer();
        return Finish();
    }

    /// <summary>Handles the expiry of the election timer.</summary>
    public Effects ElectionTimeout()
    {
        _effects.Clear();
        if (Role != Role.Leader)
        {
            StartElection();
        }

        return Finish();
    }

    /// <summary>Handles the expiry of the heartbeat timer.</summary>
    public Effects HeartbeatTimeout()
    {
        _effects.Clear();
        if (Role == Role.Leader)
        {
            SendHeartbeats();
            _effects.Timers |= TimerEffects.ResetHeartbeat;
        }

        return Finish();
    }

    /// <summary>The number of messages refused since the start.</summary>
    public long RefusedMessages { get; private set; }

    /// <summary>
    /// Refuses a message that no correct server can have sent. The message is counted and changes nothing.
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="reason">The reason, as <see cref="MessageValidation.FindFault(Message, RaftCoreOptions)"/> gives it.</param>
    public void Refuse(Message message, string reason)
    {
        ArgumentNullException.ThrowIfNull(message);
        RefusedMessages++;
        Emit(RaftEvents.MessageRefused(Id, CurrentTerm, Role, new MessageRefusal(message, reason)));
    }

    /// <summary>Handles a message that arrived.</summary>
    /// <param name="message">The message; well-formed (<see cref="MessageValidation"/>), addressed to this server, from one of its cluster.</param>
    /// <exception cref="ArgumentException">It is for another server, or from outside the cluster.</exception>
    public Effects Receive(Message message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.To != Id)
        {
            throw new ArgumentException($"{message.GetType().Name} from {message.From} to {message.To} reached {Id}", nameof(message));
        }

        _ = SlotOf(message.From);
        _effects.Clear();
        Emit(RaftEvents.MessageReceived(Id, CurrentTerm, Role, message));

        // Figure 2, rules for all servers: any request or reply with a newer term makes the receiver a follower of that term first.
        if (message.Term > CurrentTerm)
        {
            AdvanceTerm(message.Term);
            BecomeFollower();
        }

        switch (message)
        {
            case RequestVote request:
                HandleRequestVote(request);
                break;
            case RequestVoteReply reply:
                HandleRequestVoteReply(reply);
                break;
            case AppendEntries request:
                HandleAppendEntries(request);
                break;
            case AppendEntriesReply reply:
                HandleAppendEntriesReply(reply);
                break;
            case InstallSnapshot request:
                HandleInstallSnapshot(request);
                break;
            case InstallSnapshotReply reply:
                HandleInstallSnapshotReply(reply);
                break;
            default:
                throw new ArgumentException($"unknown message {message.GetType().Name}", nameof(message));
        }

        return Finish();
    }

    /// <summary>
    /// Appends the commands that clients propose. It does nothing unless this server leads, so check <see cref="Role"/>
    /// first.
    /// </summary>
    /// <param name="commands">
    /// The commands in the order of their entries; <see cref="Effects.FirstProposedIndex"/> is the position of the
    /// first one.
    /// </param>
    public Effects Propose(ReadOnlySpan<ReadOnlyMemory<byte>> commands)
    {
        _effects.Clear();
        if (Role == Role.Leader && !commands.IsEmpty)
        {
            _effects.FirstProposedIndex = Log.LastIndex.Next();
            foreach (ReadOnlyMemory<byte> command in commands)
            {
                AppendOwn(EntryKind.Command, command);
            }

            Replicate();
        }

        return Finish();
    }

    /// <summary>
    /// Takes the state machine's state after <paramref name="index"/>, so that the log up to there can be discarded
    /// (section 7).
    /// </summary>
    /// <param name="index">
    /// The last entry that the snapshot covers. The call is ignored when it is not above the present snapshot's.
    /// </param>
    /// <param name="data">The state machine's state, in its own format.</param>
    /// <exception cref="ArgumentOutOfRangeException">The entry was not handed out to be applied yet.</exception>
    public Effects Compact(LogIndex index, ReadOnlyMemory<byte> data)
    {
        if (index > LastApplied)
        {
            throw new ArgumentOutOfRangeException(nameof(index), index, $"a snapshot covers applied entries only; the last applied index is {LastApplied}");
        }

        _effects.Clear();
        CompactLog(index, data);
        return Finish();
    }

    /// <summary>Handles the completion of every write up to <paramref name="id"/>.</summary>
    public Effects WriteCompleted(WriteId id)
    {
        _effects.Clear();
        _durability.Completed(id);
        CountOwnVote();
        AdvanceCommit();
        return Finish();
    }

    private int SlotOf(ServerId server)
    {
        int slot = _options.SlotOf(server);
        return slot >= 0 ? slot : throw new ArgumentException($"{server} is not in the cluster [{string.Join(", ", _options.Servers)}]", nameof(server));
    }

    // Section 5.1: in a new term this server has not voted yet and knows no leader.
    private void AdvanceTerm(Term term)
    {
        Term before = CurrentTerm;
        CurrentTerm = term;
        VotedFor = ServerId.None;
        LeaderId = ServerId.None;
        _incoming = null;
        _termOrVoteDirty = true;
        Emit(RaftEvents.TermAdvanced(Id, CurrentTerm, Role, before));
    }

    private void Vote(ServerId candidate)
    {
        VotedFor = candidate;
        _termOrVoteDirty = true;
        Emit(RaftEvents.Voted(Id, CurrentTerm, Role, candidate));
    }

    private void ChangeRole(Role role)
    {
        if (Role != role)
        {
            Role = role;
            Emit(RaftEvents.RoleChanged(Id, CurrentTerm, Role));
        }
    }

    private void AppendToLog(LogEntry entry)
    {
        Log.Append(entry);
        _logDirtyFrom ??= entry.Index;
        Emit(RaftEvents.EntryAppended(Id, CurrentTerm, Role, entry));
    }

    private void TruncateLog(LogIndex from)
    {
        if (from <= CommitIndex)
        {
            // Leader Completeness is violated on some server. A server that continued would lose entries that clients
            // were told are safe.
            throw new InvalidOperationException($"{Id} was asked to delete entries from {from} on; entries up to {CommitIndex} are committed");
        }

        Log.TruncateFrom(from);
        _durability.Truncated(from);
        _logDirtyFrom = _logDirtyFrom is { } dirty ? LogIndex.Min(dirty, from) : from;
        Emit(RaftEvents.LogTruncated(Id, CurrentTerm, Role, from, Log.LastIndex));
    }

    // The timer restarts on a granted vote, a new election, and a request from the current leader (Figure 2, rules for
    // followers and candidates; thesis, section 3.4). It also starts when none runs: at a start, and when a leader is
    // deposed.
    private void ResetElectionTimer()
    {
        _effects.Timers |= TimerEffects.ResetElection;
        Emit(RaftEvents.ElectionTimerReset(Id, CurrentTerm, Role));
    }

    private void Send(Message message) => _effects.Send(message, WriteId.None);

    // Votes and acknowledgements promise durable state, so they wait for all earlier changes, in this step or before.
    // The number of this step's write is not known yet.
    private void SendWhenDurable(Message message) => _effects.Send(message, new WriteId(long.MaxValue));

    private Effects Finish()
    {
        HandOutCommitted();
        HandOutReads();
        if (_termOrVoteDirty || _logDirtyFrom is not null || _snapshotDirty is not null)
        {
            _effects.Write = new DurableWrite
            {
                Id = _durability.Issue(Log.LastIndex),
                TermAndVote = _termOrVoteDirty ? (CurrentTerm, VotedFor) : null,
                Snapshot = _snapshotDirty,
                KeepSuffix = _snapshotKeepsSuffix,
                LogFrom = _logDirtyFrom,
                Entries = _logDirtyFrom is { } from ? Log.Slice(from, int.MaxValue) : default,
            };
            if (_termOrVoteDirty)
            {
                _termAndVoteWrite = _effects.Write.Id;
            }

            _termOrVoteDirty = false;
            _logDirtyFrom = null;
            _snapshotDirty = null;
        }

        _effects.ResolveBarrier(_durability.Barrier);
        return _effects;
    }

    private void Emit(in RaftEvent raftEvent) => _observer.OnEvent(in raftEvent);
}
