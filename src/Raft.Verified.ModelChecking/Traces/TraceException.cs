namespace Raft.Verified.ModelChecking.Traces;

/// <summary>A line of a trace is not what the servers can have done. The message says what was found and what was expected.</summary>
internal sealed class TraceException(string message) : Exception(message);
