namespace Raft.Verified.Linearizability;

/// <summary>What one copy of an object does, with one operation after the other: the yardstick for linearizability. A value made of functions.</summary>
/// <typeparam name="TState">The object's state: immutable, compared by value.</typeparam>
/// <typeparam name="TCommand">What clients ask.</typeparam>
/// <typeparam name="TAnswer">What they are answered.</typeparam>
public sealed record SequentialModel<TState, TCommand, TAnswer>
    where TState : notnull
{
    /// <summary>The model's name.</summary>
    public required string Name { get; init; }

    /// <summary>The state before the first operation, of every part.</summary>
    public required TState Initial { get; init; }

    /// <summary>Applies a command to a state: the state after it, and the answer. Must be a pure function.</summary>
    public required Func<TState, TCommand, (TState State, TAnswer Answer)> Step { get; init; }

    /// <summary>Whether an answer that a client got (first) is what the model answers (second). Equality, unless said otherwise.</summary>
    public Func<TAnswer, TAnswer, bool> Accepts { get; init; } = EqualityComparer<TAnswer>.Default.Equals;

    /// <summary>Whether a command changes nothing, whatever the state: it shortens the search. None does, unless said otherwise.</summary>
    public Func<TCommand, bool> IsReadOnly { get; init; } = _ => false;

    /// <summary>What answers tell of the operations before them, which shortens the search; null when nothing is known.</summary>
    public AnswerRules<TState, TCommand, TAnswer>? Rules { get; init; }

    /// <summary>
    /// The part of the object that a command is about, such as its key. Parts have their states to themselves, so that a history is linearizable
    /// exactly if each part's is (Herlihy and Wing, theorem 1), which is cheaper to find out. Unless said otherwise, there is one part.
    /// </summary>
    public Func<TCommand, string> PartOf { get; init; } = _ => "";
}
