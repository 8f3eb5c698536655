namespace Raft.Verified.Linearizability;

/// <summary>Why one part of a history is not linearizable, in pieces that can be drawn.</summary>
/// <param name="Part">The part; empty when the history has one only.</param>
/// <param name="Operations">The part's operations, in the order of their calls.</param>
/// <param name="Order">The longest order found: numbers in <paramref name="Operations"/>.</param>
/// <param name="State">The state behind that order.</param>
/// <param name="Next">What may come next in real time, and why it does not fit.</param>
public sealed record LinearizabilityFailure(
    string Part, IReadOnlyList<FailureOperation> Operations, IReadOnlyList<int> Order, string State, IReadOnlyList<FailureCandidate> Next);

/// <summary>An operation of a part that failed.</summary>
/// <param name="Client">The client's number.</param>
/// <param name="Text">What was asked and answered.</param>
/// <param name="Call">When it was called.</param>
/// <param name="Return">When it was answered; null when it was not.</param>
public readonly record struct FailureOperation(int Client, string Text, long Call, long? Return);

/// <summary>An operation that may come next in real time, but does not fit.</summary>
/// <param name="Operation">Its number in <see cref="LinearizabilityFailure.Operations"/>.</param>
/// <param name="Reason">Why it does not fit.</param>
public readonly record struct FailureCandidate(int Operation, string Reason);
