namespace Raft.Verified.Linearizability;

/// <summary>
/// The sequential specification of an object, as functions: the behaviour of one copy that executes one operation at a
/// time. Linearizability is defined relative to it.
/// </summary>
/// <typeparam name="TState">The type of the object's state, immutable and compared by value.</typeparam>
/// <typeparam name="TCommand">The type of the clients' commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers to the clients.</typeparam>
public sealed record SequentialModel<TState, TCommand, TAnswer>
    where TState : notnull
{
    /// <summary>The name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>The initial state of every part.</summary>
    public required TState Initial { get; init; }

    /// <summary>The pure function that applies a command to a state, and gives the next state and the answer.</summary>
    public required Func<TState, TCommand, (TState State, TAnswer Answer)> Step { get; init; }

    /// <summary>
    /// The test whether an answer that a client got (first argument) matches the answer of the model (second argument).
    /// Default: equality.
    /// </summary>
    public Func<TAnswer, TAnswer, bool> Accepts { get; init; } = EqualityComparer<TAnswer>.Default.Equals;

    /// <summary>
    /// The test for commands that never change the state, which shortens the search. Default: false for all commands.
    /// </summary>
    public Func<TCommand, bool> IsReadOnly { get; init; } = _ => false;

    /// <summary>
    /// The rules by which answers restrict the operations before them, which shorten the search; null for no rules.
    /// </summary>
    public AnswerRules<TState, TCommand, TAnswer>? Rules { get; init; }

    /// <summary>
    /// The function that gives the part of the object that a command is about, such as its key. Parts have independent
    /// states, so a history is linearizable exactly if the history of each part is (Herlihy and Wing, theorem 1).
    /// Checking the parts is cheaper. Default: one part.
    /// </summary>
    public Func<TCommand, string> PartOf { get; init; } = _ => "";
}
