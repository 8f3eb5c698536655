namespace Raft.Verified.Protocol;

/// <summary>
/// One event of the one event stream: emitted on the line after the change that it describes, read by monitors, logs, traces and
/// metrics. A value, so that emitting costs nothing where nobody listens.
/// </summary>
public readonly struct RaftEvent
{
    /// <summary>What happened; says which of the other fields mean something.</summary>
    public required RaftEventKind Kind { get; init; }

    /// <summary>The server it happened at; none for the environment's events that concern several.</summary>
    public required ServerId Server { get; init; }

    /// <summary>That server's current term; of a message's events, the message's term; of a proposal's, the proposal's; of the disk's, the term on disk.</summary>
    public Term Term { get; init; }

    /// <summary>See <see cref="RaftEventKind"/>.</summary>
    public LogIndex Index { get; init; }

    /// <summary>See <see cref="RaftEventKind"/>.</summary>
    public Term OtherTerm { get; init; }

    /// <summary>See <see cref="RaftEventKind"/>.</summary>
    public LogIndex OtherIndex { get; init; }

    /// <summary>See <see cref="RaftEventKind"/>.</summary>
    public ServerId Peer { get; init; }

    /// <summary>See <see cref="RaftEventKind"/>.</summary>
    public Role Role { get; init; }

    /// <summary>See <see cref="RaftEventKind"/>.</summary>
    public object? Subject { get; init; }

    /// <summary>The entry of an event whose <see cref="Subject"/> is one.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public LogEntry Entry => (LogEntry)Subject!;

    /// <summary>The message of an event whose <see cref="Subject"/> is one.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public Message Message => (Message)Subject!;

    /// <summary>The snapshot of an event whose <see cref="Subject"/> is one.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public Snapshot Snapshot => (Snapshot)Subject!;

    /// <summary>The reads of an event whose <see cref="Subject"/> is a request for them.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public ReadRequest Read => (ReadRequest)Subject!;

    /// <inheritdoc />
    public override string ToString() => $"{Server} t{Term} {Kind} {Index} {OtherTerm} {OtherIndex} {Peer} {Subject}";
}
