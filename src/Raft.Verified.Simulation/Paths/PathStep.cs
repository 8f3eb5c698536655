using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>One step of a way that somebody else has found, in words of the simulated world.</summary>
/// <param name="Server">The server that takes it.</param>
/// <param name="Text">The step as a reader sees it.</param>
public abstract record PathStep(ServerId Server, string Text);
