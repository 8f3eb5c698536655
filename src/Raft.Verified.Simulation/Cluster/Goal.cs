using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// A goal: an event that must happen sometimes. An exploration that never reaches it proves nothing about it.
/// </summary>
/// <param name="Name">The name of the goal, in words.</param>
/// <param name="Kind">The kind of event that can reach it.</param>
/// <param name="IsReached">A function that returns true when an event of that kind reaches the goal.</param>
public sealed record Goal(string Name, RaftEventKind Kind, GoalTest IsReached);
