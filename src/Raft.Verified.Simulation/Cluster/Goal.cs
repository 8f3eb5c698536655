using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// Something that must happen sometimes: an exploration that never gets there proves nothing about it.
/// </summary>
/// <param name="Name">What happens, in words.</param>
/// <param name="Kind">The kind of event at which it shows.</param>
/// <param name="IsReached">Whether an event of that kind shows it.</param>
public sealed record Goal(string Name, RaftEventKind Kind, GoalTest IsReached);
