using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A look at a server at one moment.</summary>
/// <param name="Id">The server.</param>
/// <param name="State">Whether it runs.</param>
/// <param name="Role">
/// Its role; while it is stopping, the one in which it finishes; once it has stopped or failed, <see cref="Protocol.Role.Follower"/>, because it leads nobody.
/// </param>
/// <param name="Term">Its current term.</param>
/// <param name="Leader">The leader of that term, as far as it knows; none once it has stopped or failed.</param>
/// <param name="LastIndex">The last entry of its log.</param>
/// <param name="CommitIndex">Its commit index.</param>
/// <param name="AppliedIndex">The last entry its state machine has applied.</param>
/// <param name="SnapshotIndex">The last entry its snapshot stands for.</param>
/// <param name="RefusedMessages">How many messages it has refused since its start because no server can have sent them; see <see cref="RaftServer.Receive"/>.</param>
/// <param name="Fault">The failure that stopped it; null unless <paramref name="State"/> is <see cref="RaftServerState.Failed"/>.</param>
public sealed record RaftStatus(
    ServerId Id, RaftServerState State, Role Role, Term Term, ServerId Leader, LogIndex LastIndex, LogIndex CommitIndex, LogIndex AppliedIndex,
    LogIndex SnapshotIndex, long RefusedMessages, Exception? Fault);
