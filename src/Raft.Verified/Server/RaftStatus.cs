using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The status of a server at one moment.</summary>
/// <param name="Id">The identifier of the server.</param>
/// <param name="State">The state of the server's lifetime.</param>
/// <param name="Role">
/// The server's role. A stopping server keeps its role until it has ended. A stopped or failed server is a
/// <see cref="Protocol.Role.Follower"/>, because it leads nobody.
/// </param>
/// <param name="Term">The server's current term.</param>
/// <param name="Leader">
/// The leader of that term; none when the server does not know it, or has stopped or failed.
/// </param>
/// <param name="LastIndex">The last entry of the server's log.</param>
/// <param name="CommitIndex">The server's commit index.</param>
/// <param name="AppliedIndex">The last entry that the state machine has applied.</param>
/// <param name="SnapshotIndex">The last entry that the server's snapshot covers; 0 without a snapshot.</param>
/// <param name="RefusedMessages">
/// The number of messages refused since the start because no server can have sent them; see
/// <see cref="RaftServer.Receive"/>.
/// </param>
/// <param name="Fault">
/// The failure that stopped the server; null unless <paramref name="State"/> is <see cref="RaftServerState.Failed"/>.
/// </param>
public sealed record RaftStatus(
    ServerId Id, RaftServerState State, Role Role, Term Term, ServerId Leader, LogIndex LastIndex, LogIndex CommitIndex, LogIndex AppliedIndex,
    LogIndex SnapshotIndex, long RefusedMessages, Exception? Fault);
