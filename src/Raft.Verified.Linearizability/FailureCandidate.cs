namespace Raft.Verified.Linearizability;

/// <summary>An operation that may come next in real time, but does not fit.</summary>
/// <param name="Operation">Its number in <see cref="LinearizabilityFailure.Operations"/>.</param>
/// <param name="Reason">Why it does not fit.</param>
public readonly record struct FailureCandidate(int Operation, string Reason);
