namespace Raft.Verified.Linearizability;

/// <summary>
/// Rules by which the answers of a model restrict the operations before them. The search uses them to skip orders that
/// no later answer can confirm. A rule that is not true of the model makes the search miss an order.
/// </summary>
/// <typeparam name="TState">The type of the object's state.</typeparam>
/// <typeparam name="TCommand">The type of the clients' commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers to the clients.</typeparam>
public sealed record AnswerRules<TState, TCommand, TAnswer>
    where TState : notnull
{
    /// <summary>
    /// The test for observers: commands whose answer shows the state. Answers to other commands show nothing of it.
    /// </summary>
    public required Func<TCommand, bool> IsObserver { get; init; }

    /// <summary>
    /// The test whether an observer can get an answer in a state, now or after further commands. The further commands
    /// exclude those for which <see cref="MayBring"/> is true.
    /// </summary>
    public required Func<TState, TAnswer, bool> MayShow { get; init; }

    /// <summary>
    /// The test whether a command can lead, from any state, to a state for which <see cref="MayShow"/> is true with an
    /// answer.
    /// </summary>
    public required Func<TCommand, TAnswer, bool> MayBring { get; init; }

    /// <summary>
    /// The state that represents all states that no later answer can show. No observer's answer fits it.
    /// Null for a model in which the effect of a command depends on the state.
    /// </summary>
    public Holder? Unseen { get; init; }

    /// <summary>
    /// The test for commands whose resulting state does not depend on the state before. Default: false for all.
    /// </summary>
    public Func<TCommand, bool> Replaces { get; init; } = _ => false;

    /// <summary>The rules for a model whose state is a text that grows at its end; null for any other model.</summary>
    public TextRules<TState, TCommand, TAnswer>? Texts { get; init; }

    /// <summary>A wrapper that makes a state of any type nullable.</summary>
    /// <param name="State">The state that is wrapped.</param>
    public sealed record Holder(TState State);
}
