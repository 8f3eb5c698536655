using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>The disk of a server completes writes.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The step as a reader sees it.</param>
/// <param name="Writes">The number of writes, at least 1; the oldest ones.</param>
public sealed record FlushStep(ServerId Server, string Text, int Writes) : PathStep(Server, Text);
