namespace Raft.Verified.Linearizability;

/// <summary>
/// What the answers of a model can tell of the operations before them. A search that knows it leaves out orders that no later answer can confirm.
/// The rules must be true of the model: they shorten the search, and a false one makes it miss an order.
/// </summary>
/// <typeparam name="TState">The object's state.</typeparam>
/// <typeparam name="TCommand">What clients ask.</typeparam>
/// <typeparam name="TAnswer">What they are answered.</typeparam>
public sealed record AnswerRules<TState, TCommand, TAnswer>
    where TState : notnull
{
    /// <summary>Whether a command's answer shows the state. The answers to all others say nothing of it.</summary>
    public required Func<TCommand, bool> IsObserver { get; init; }

    /// <summary>
    /// Whether an observer can get this answer in a state, or in one that commands make of it other than those for which <see cref="MayBring"/> is true.
    /// </summary>
    public required Func<TState, TAnswer, bool> MayShow { get; init; }

    /// <summary>
    /// Whether a command, whatever the state before it, can lead to a state of which <see cref="MayShow"/> is true for this answer.
    /// </summary>
    public required Func<TCommand, TAnswer, bool> MayBring { get; init; }

    /// <summary>
    /// The state that stands for all states which no answer to come can show: commands that keep the state keep this one, and no observer fits it. Null
    /// where the effect of a command, and not only its answer, depends on the state.
    /// </summary>
    public Holder? Unseen { get; init; }

    /// <summary>Whether the state behind a command is the same whatever the state before it. None is, unless said otherwise.</summary>
    public Func<TCommand, bool> Replaces { get; init; } = _ => false;

    /// <summary>The texts of a model whose state is a text that grows at its end; null for any other model.</summary>
    public TextRules<TState, TCommand, TAnswer>? Texts { get; init; }

    /// <summary>A state, or none.</summary>
    /// <param name="State">The state.</param>
    public sealed record Holder(TState State);
}
