using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>A timer runs out.</summary>
/// <param name="Server">The server whose timer it is.</param>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Timer">The timer's name.</param>
public sealed record TimerStep(ServerId Server, string Text, string Timer) : PathStep(Server, Text);
