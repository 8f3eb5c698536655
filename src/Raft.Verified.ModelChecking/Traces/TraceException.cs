namespace Raft.Verified.ModelChecking.Traces;

/// <summary>
/// The exception for a line of a trace that the servers cannot have produced. Its message says what was found and what
/// was expected.
/// </summary>
internal sealed class TraceException(string message) : Exception(message);
