namespace Raft.Verified.Protocol;

/// <summary>
/// One event of the event stream, which monitors, logs, traces and metrics read. The event is emitted on the line after
/// the change that it describes. It is a value type, so emitting allocates nothing when nobody listens.
/// </summary>
public readonly struct RaftEvent
{
    /// <summary>The kind of event, which determines the other fields that have a meaning.</summary>
    public required RaftEventKind Kind { get; init; }

    /// <summary>
    /// The server at which the event happened; none for events of the environment that concern several servers.
    /// </summary>
    public required ServerId Server { get; init; }

    /// <summary>
    /// The server's current term. Events of messages and proposals carry the term of the message or proposal; events of
    /// the disk carry the term on disk.
    /// </summary>
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

    /// <summary>
    /// The state machine's answer to the command of an event of kind <see cref="RaftEventKind.Applied"/>; null for every
    /// other event, and for an entry that is no command. A faulty state machine may change the bytes later.
    /// </summary>
    public ReadOnlyMemory<byte>? Answer { get; init; }

    /// <summary>The entry of an event whose <see cref="Subject"/> is an entry.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public LogEntry Entry => (LogEntry)Subject!;

    /// <summary>The message of an event whose <see cref="Subject"/> is a message.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public Message Message => (Message)Subject!;

    /// <summary>The snapshot of an event whose <see cref="Subject"/> is a snapshot.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public Snapshot Snapshot => (Snapshot)Subject!;

    /// <summary>The read request of an event whose <see cref="Subject"/> is a read request.</summary>
    /// <exception cref="InvalidCastException">The subject is something else.</exception>
    public ReadRequest Read => (ReadRequest)Subject!;

    /// <inheritdoc />
    public override string ToString() => $"{Server} t{Term} {Kind} {Index} {OtherTerm} {OtherIndex} {Peer} {Subject}";
}
