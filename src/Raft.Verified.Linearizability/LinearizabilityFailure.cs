namespace Raft.Verified.Linearizability;

/// <summary>Why one part of a history is not linearizable, in pieces that can be drawn.</summary>
/// <param name="Part">The part; empty when the history has one only.</param>
/// <param name="Operations">The part's operations, in the order of their calls.</param>
/// <param name="Order">The longest order found: numbers in <paramref name="Operations"/>.</param>
/// <param name="State">The state behind that order.</param>
/// <param name="Next">What may come next in real time, and why it does not fit.</param>
public sealed record LinearizabilityFailure(
    string Part, IReadOnlyList<FailureOperation> Operations, IReadOnlyList<int> Order, string State, IReadOnlyList<FailureCandidate> Next);
