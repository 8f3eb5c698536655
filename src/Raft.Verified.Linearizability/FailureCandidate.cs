namespace Raft.Verified.Linearizability;

/// <summary>An operation that may come next in real time but does not fit.</summary>
/// <param name="Operation">The index of the operation in <see cref="LinearizabilityFailure.Operations"/>.</param>
/// <param name="Reason">The reason why the operation does not fit.</param>
public readonly record struct FailureCandidate(int Operation, string Reason);
