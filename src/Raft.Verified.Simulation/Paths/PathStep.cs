using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Paths;

/// <summary>One step of a path that was found elsewhere, in terms of the simulated world.</summary>
/// <param name="Server">The server that takes it.</param>
/// <param name="Text">The readable text of the step.</param>
public abstract record PathStep(ServerId Server, string Text);
