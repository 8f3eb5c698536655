using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>An act of the scenario on a server.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The readable text of the step.</param>
/// <param name="Act">The name of the scenario's operation.</param>
/// <param name="Value">The value that the operation draws; the highest possible one when this is too high.</param>
public sealed record ActStep(ServerId Server, string Text, string Act, int Value = 0) : PathStep(Server, Text);
