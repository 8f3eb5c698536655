using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>Returns true when an event, seen before the view includes it, reaches a goal.</summary>
/// <param name="raftEvent">The event.</param>
/// <param name="view">The cluster before the event.</param>
public delegate bool GoalTest(in RaftEvent raftEvent, ClusterView view);
