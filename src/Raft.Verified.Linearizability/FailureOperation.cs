namespace Raft.Verified.Linearizability;

/// <summary>An operation of a part that is not linearizable.</summary>
/// <param name="Client">The number of the client.</param>
/// <param name="Text">The text of command and answer, shortened.</param>
/// <param name="Call">The time of the call, on the scale of the history.</param>
/// <param name="Return">The time of the return, on the scale of the history; null when unanswered.</param>
public readonly record struct FailureOperation(int Client, string Text, long Call, long? Return);
