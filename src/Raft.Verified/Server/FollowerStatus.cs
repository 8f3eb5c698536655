using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>What a leader knows of one of its followers at one moment (paper, Figure 2, "volatile state on leaders").</summary>
/// <param name="Id">The follower.</param>
/// <param name="NextIndex">The next entry to send to it.</param>
/// <param name="MatchIndex">The highest entry known to be on its disk; 0 while nothing is known.</param>
/// <param name="Mode">How the leader sends to it.</param>
public sealed record FollowerStatus(ServerId Id, LogIndex NextIndex, LogIndex MatchIndex, ReplicationMode Mode);
