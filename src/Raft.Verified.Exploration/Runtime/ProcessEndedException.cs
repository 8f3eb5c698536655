namespace Raft.Verified.Exploration.Runtime;

/// <summary>A process wanted to act after its end. Ends whatever runs in it; a caller from outside gets no answer.</summary>
/// <param name="name">The process.</param>
public sealed class ProcessEndedException(string name) : Exception($"{name} has ended");
