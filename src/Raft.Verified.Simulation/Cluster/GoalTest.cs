using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>Whether an event, seen before the view takes it over, reaches a goal.</summary>
/// <param name="raftEvent">The event.</param>
/// <param name="view">The cluster before it.</param>
public delegate bool GoalTest(in RaftEvent raftEvent, ClusterView view);
