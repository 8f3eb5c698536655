namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of a queue.</summary>
/// <param name="Value">The value taken; nil when the queue was empty, and for an enqueue.</param>
/// <param name="IsKnown">True when the client knows the value that it took.</param>
public readonly record struct QueueAnswer(DataValue Value, bool IsKnown = true)
{
    /// <inheritdoc />
    public override string ToString() => IsKnown ? $"{Value}" : "something";
}
