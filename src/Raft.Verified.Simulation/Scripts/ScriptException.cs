namespace Raft.Verified.Simulation.Scripts;

/// <summary>
/// The exception for a line of a script that cannot be carried out, or during which a violation was found. The message
/// names the line, the finding and the expectation.
/// </summary>
/// <param name="message">The message, with the line, the finding and the expectation.</param>
public sealed class ScriptException(string message) : Exception(message);
