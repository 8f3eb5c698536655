namespace Raft.Verified.Linearizability;

/// <summary>An operation of a part that failed.</summary>
/// <param name="Client">The client's number.</param>
/// <param name="Text">What was asked and answered.</param>
/// <param name="Call">When it was called.</param>
/// <param name="Return">When it was answered; null when it was not.</param>
public readonly record struct FailureOperation(int Client, string Text, long Call, long? Return);
