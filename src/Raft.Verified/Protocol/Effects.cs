namespace Raft.Verified.Protocol;

/// <summary>
/// The effects that one input to <see cref="RaftCore"/> asks of the server. They are carried out in this order:
/// <list type="number">
/// <item><description>hand <see cref="Write"/> to the disk, without waiting for it; writes are performed in the order of their numbers;</description></item>
/// <item><description>send each message whose <see cref="OutgoingMessage.After"/> is <see cref="WriteId.None"/> or already durable; keep the others, in
/// order, until the disk says so. So a leader's own write runs beside its sends (thesis, section 10.2.1), and nothing is
/// acknowledged before it is durable;</description></item>
/// <item><description>restore the state machine from <see cref="Restore"/>, then apply <see cref="Committed"/> in order, then serve <see cref="ReadsReady"/>, all of
/// it behind everything handed over before; tell those who wait for <see cref="ReadsRefused"/>;</description></item>
/// <item><description>set the timers.</description></item>
/// </list>
/// When a write is durable, the server tells the core with <see cref="RaftCore.WriteCompleted"/>. The object belongs to the core
/// and is used again by its next input.
/// </summary>
public sealed class Effects
{
    private readonly List<OutgoingMessage> _messages = [];
    private readonly List<LogEntry> _committed = [];
    private readonly List<ReadRequest> _readsReady = [];
    private readonly List<ReadRequest> _readsRefused = [];

    /// <summary>The durable write; null when nothing durable has changed.</summary>
    public DurableWrite? Write { get; internal set; }

    /// <summary>The messages to send, in order.</summary>
    public IReadOnlyList<OutgoingMessage> Messages => _messages;

    /// <summary>The snapshot that replaces the state machine's state, if any.</summary>
    public Snapshot? Restore { get; internal set; }

    /// <summary>The entries to apply, in order: committed, durable here, and not handed out before.</summary>
    public IReadOnlyList<LogEntry> Committed => _committed;

    /// <summary>The reads that the state machine may serve once it has applied everything handed out so far, in order.</summary>
    public IReadOnlyList<ReadRequest> ReadsReady => _readsReady;

    /// <summary>The reads that this server cannot answer any more: it was deposed before they were ready.</summary>
    public IReadOnlyList<ReadRequest> ReadsRefused => _readsRefused;

    /// <summary>
    /// The position that <see cref="RaftCore.Propose"/> gave its first command; the others follow it. 0 when it appended none, and after other inputs.
    /// </summary>
    public LogIndex FirstProposedIndex { get; internal set; }

    /// <summary>The timers to restart or stop.</summary>
    public TimerEffects Timers { get; internal set; }

    /// <summary>True when there is nothing to do.</summary>
    public bool IsEmpty => Write is null && _messages.Count == 0 && Restore is null && _committed.Count == 0
        && _readsReady.Count == 0 && _readsRefused.Count == 0 && Timers == TimerEffects.None;

    internal void Clear()
    {
        Write = null;
        Restore = null;
        FirstProposedIndex = LogIndex.Zero;
        Timers = TimerEffects.None;
        _messages.Clear();
        _committed.Clear();
        _readsReady.Clear();
        _readsRefused.Clear();
    }

    internal void Send(Message message, WriteId after) => _messages.Add(new OutgoingMessage(message, after));

    // Replaces the placeholder of messages that wait for "everything so far" by the actual write.
    internal void ResolveBarrier(WriteId barrier)
    {
        for (int i = 0; i < _messages.Count; i++)
        {
            if (_messages[i].After != WriteId.None)
            {
                _messages[i] = _messages[i] with { After = barrier };
            }
        }
    }

    internal void Commit(LogEntry entry) => _committed.Add(entry);

    internal void Serve(ReadRequest read)
    {
        read.IsReady = true;
        _readsReady.Add(read);
    }

    internal void Refuse(ReadRequest read) => _readsRefused.Add(read);
}
