using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>The completion of writes by the disk of a server.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The readable text of the step.</param>
/// <param name="Writes">The number of oldest writes to complete; at least 1.</param>
public sealed record FlushStep(ServerId Server, string Text, int Writes) : PathStep(Server, Text);
