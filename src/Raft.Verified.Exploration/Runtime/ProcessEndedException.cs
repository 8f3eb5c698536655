namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The exception for an act of a process after its end. It ends whatever runs in the process; a caller from outside
/// gets no answer.
/// </summary>
/// <param name="name">The name of the process.</param>
public sealed class ProcessEndedException(string name) : Exception($"{name} has ended");
