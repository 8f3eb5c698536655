using Raft.Verified.Protocol;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>Whether an event, seen before the view takes it over, reaches a goal.</summary>
/// <param name="raftEvent">The event.</param>
/// <param name="view">The cluster before it.</param>
public delegate bool GoalTest(in RaftEvent raftEvent, ClusterView view);

/// <summary>
/// Something that must happen sometimes: an exploration that never gets there proves nothing about it.
/// </summary>
/// <param name="Name">What happens, in words.</param>
/// <param name="Kind">The kind of event at which it shows.</param>
/// <param name="IsReached">Whether an event of that kind shows it.</param>
public sealed record Goal(string Name, RaftEventKind Kind, GoalTest IsReached);
