using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>A crash of a server.</summary>
/// <param name="Server">The server.</param>
/// <param name="Text">The readable text of the step.</param>
/// <param name="Act">The name of the scenario's operation.</param>
/// <param name="Parts">The number of parts of unfinished writes that reach the disk; not negative.</param>
public sealed record CrashStep(ServerId Server, string Text, string Act, int Parts) : PathStep(Server, Text);
