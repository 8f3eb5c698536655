using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// A leader's knowledge of one follower at one moment (paper, Figure 2, "volatile state on leaders").
/// </summary>
/// <param name="Id">The follower.</param>
/// <param name="NextIndex">The next entry to send to the follower.</param>
/// <param name="MatchIndex">The highest entry known to be on the follower's disk; 0 while nothing is known.</param>
/// <param name="Mode">The way in which the leader sends entries to the follower.</param>
public sealed record FollowerStatus(ServerId Id, LogIndex NextIndex, LogIndex MatchIndex, ReplicationMode Mode);
