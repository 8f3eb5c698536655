using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>The expiry of a timer.</summary>
/// <param name="Server">The server that owns the timer.</param>
/// <param name="Text">The readable text of the step.</param>
/// <param name="Timer">The timer's name.</param>
public sealed record TimerStep(ServerId Server, string Text, string Timer) : PathStep(Server, Text);
