namespace Raft.Verified.Linearizability;

/// <summary>
/// The rules for a model whose state is one text. Each command appends to the text, replaces it, or is an observer
/// whose answer is the whole text.
/// </summary>
/// <typeparam name="TState">The type of the object's state.</typeparam>
/// <typeparam name="TCommand">The type of the clients' commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers to the clients.</typeparam>
public sealed record TextRules<TState, TCommand, TAnswer>
    where TState : notnull
{
    /// <summary>
    /// The function that gives the text of a state, or null for
    /// <see cref="AnswerRules{TState, TCommand, TAnswer}.Unseen"/>.
    /// </summary>
    public required Func<TState, string?> Of { get; init; }

    /// <summary>The function that gives the text in an observer's answer.</summary>
    public required Func<TAnswer, string> Shown { get; init; }

    /// <summary>The function that gives the text that a command appends, or null for other commands.</summary>
    public required Func<TCommand, string?> Appended { get; init; }

    /// <summary>
    /// The function that gives the text with which a command replaces the state, or null for other commands.
    /// </summary>
    public required Func<TCommand, string?> Replaced { get; init; }
}
