namespace Raft.Verified.Linearizability;

/// <summary>The explanation why one part of a history is not linearizable, as data that can be drawn.</summary>
/// <param name="Part">The name of the part, such as its key; empty when the history has only one part.</param>
/// <param name="Operations">The operations of the part, in the order of their calls.</param>
/// <param name="Order">The longest order found, as indexes into <paramref name="Operations"/>.</param>
/// <param name="State">The state after that order.</param>
/// <param name="Next">The operations that may come next in real time, each with the reason why it does not fit.</param>
public sealed record LinearizabilityFailure(
    string Part, IReadOnlyList<FailureOperation> Operations, IReadOnlyList<int> Order, string State, IReadOnlyList<FailureCandidate> Next);
