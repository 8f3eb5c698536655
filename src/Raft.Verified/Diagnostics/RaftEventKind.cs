namespace Raft.Verified.Protocol;

/// <summary>
/// The kind of a <see cref="RaftEvent"/>. Every event has <see cref="RaftEvent.Server"/> and
/// <see cref="RaftEvent.Term"/>, the server's current term. The comment at each kind lists the other fields that it
/// fills. Servers emit every kind whose comment names no other emitter. All events share one stream, so a reader sees
/// causes before effects.
/// </summary>
public enum RaftEventKind
{
    /// <summary>A server came up from durable state. Peer: VotedFor; Index: its last entry; Subject: <see cref="DurableState"/>.</summary>
    Started,

    /// <summary>The server adopted a newer term; it has not voted in it yet. OtherTerm: the previous term.</summary>
    TermAdvanced,

    /// <summary>The server changed its role. Role: the new role.</summary>
    RoleChanged,

    /// <summary>The server gave its vote of this term. Peer: the candidate, possibly itself.</summary>
    Voted,

    /// <summary>An entry was added at the end of the log in memory. Index, OtherTerm: the entry's; Subject: <see cref="LogEntry"/>.</summary>
    EntryAppended,

    /// <summary>Entries from Index on were deleted from the log in memory. OtherIndex: the last entry before that.</summary>
    LogTruncated,

    /// <summary>The commit index advanced. Index: the new commit index; OtherIndex: the previous one.</summary>
    CommitAdvanced,

    /// <summary>The server replaced the prefix up to Index of its own log by a snapshot. Subject: <see cref="Snapshot"/>.</summary>
    LogCompacted,

    /// <summary>
    /// A leader's snapshot replaced the prefix up to Index. OtherIndex: the last entry of the log after it, greater than Index
    /// when a matching suffix was kept. Subject: <see cref="Snapshot"/>.
    /// </summary>
    SnapshotInstalled,

    /// <summary>
    /// A message was handed to the transport, so other servers may learn its content from now on. Peer: receiver;
    /// Subject: <see cref="Message"/>.
    /// </summary>
    MessageSent,

    /// <summary>
    /// A message was taken from the transport and not processed yet. Peer: sender; Subject: <see cref="Message"/>.
    /// </summary>
    MessageReceived,

    /// <summary>
    /// The applier applied an entry. Index, OtherTerm: the entry's; Subject: <see cref="LogEntry"/>; Answer: the state
    /// machine's, if the entry is a command.
    /// </summary>
    Applied,

    /// <summary>The applier replaced the state machine's state. Index: the snapshot's; Subject: <see cref="Snapshot"/>.</summary>
    Restored,

    /// <summary>A client's proposal was answered with success. Index, OtherTerm: the entry's; Subject: <see cref="Server.ProposalResult"/>.</summary>
    ProposalCompleted,

    /// <summary>A client's proposal was refused. Index, OtherTerm: the entry's, 0 when none was made; Subject: <see cref="Server.ProposalRefusedException"/>.</summary>
    ProposalRefused,

    /// <summary>The disk now holds this term and vote. OtherTerm, Peer: term and vote on disk.</summary>
    DiskTermAndVote,

    /// <summary>The disk now holds this snapshot and no entry up to Index. OtherIndex: the last entry on disk. Subject: <see cref="Snapshot"/>.</summary>
    DiskSnapshot,

    /// <summary>Entries from Index on are gone from the disk's log. OtherIndex: the last entry on disk.</summary>
    DiskTruncated,

    /// <summary>The disk's log now ends with this entry. Index, OtherTerm: the entry's; Subject: <see cref="LogEntry"/>.</summary>
    DiskAppended,

    /// <summary>The server's process died; what was not durable is gone. Emitted by the server's environment. Subject: a <see cref="string"/> or none.</summary>
    Crashed,

    /// <summary>The server shut down gracefully.</summary>
    Stopped,

    /// <summary>A part of the server failed and stopped it. Subject: the <see cref="Exception"/>.</summary>
    Faulted,

    /// <summary>
    /// The environment acted on the server or on the network. Emitted by the environment. Subject: the act, whose text
    /// describes it.
    /// </summary>
    Environment,

    /// <summary>A client called an operation; its first attempt has not begun. Emitted by the client. Subject: the operation. No server.</summary>
    ClientCalled,

    /// <summary>A client has its answer. Emitted by the client. Subject: the operation, with the answer. No server.</summary>
    ClientAnswered,

    /// <summary>
    /// The network lost a message: dropped, cut off, or its receiver is down. Emitted by the network. Server: the sender; Peer: the receiver; Subject:
    /// <see cref="Message"/>.
    /// </summary>
    MessageLost,

    /// <summary>The network will deliver a message once more. Emitted by the network. Server: the sender; Peer: the receiver; Subject: <see cref="Message"/>.</summary>
    MessageDuplicated,

    /// <summary>A message could not be handed to the transport. Peer: receiver; Subject: the <see cref="Exception"/>.</summary>
    SendFailed,

    /// <summary>
    /// A leader took reads and recorded the commit index that they must see. Index: this commit index; Subject:
    /// <see cref="ReadRequest"/>.
    /// </summary>
    ReadTaken,

    /// <summary>
    /// The applier serves reads from the state machine. Index: the last entry it has applied; Subject:
    /// <see cref="ReadRequest"/>.
    /// </summary>
    ReadServed,

    /// <summary>A client's read was refused. Subject: <see cref="Server.ReadRefusedException"/>.</summary>
    ReadRefused,

    /// <summary>
    /// The server decided to restart its election timer. The timer restarts when the effects of the step are carried
    /// out.
    /// </summary>
    ElectionTimerReset,

    /// <summary>
    /// The server refused a message that no server of its cluster can have sent. Peer: the sender that it names; Subject: <see cref="MessageRefusal"/>.
    /// </summary>
    MessageRefused,
}
