namespace Raft.Verified.Simulation.Scripts;

/// <summary>A line of a script cannot be done, or something was found while it was: the message names the line, and what was found and expected.</summary>
/// <param name="message">The message.</param>
public sealed class ScriptException(string message) : Exception(message);
