namespace Raft.Verified.Linearizability;

/// <summary>
/// The texts of a model whose state is one text. Some commands add to its end, some replace it, observers are answered the whole text, and no command
/// does anything else.
/// </summary>
/// <typeparam name="TState">The object's state.</typeparam>
/// <typeparam name="TCommand">What clients ask.</typeparam>
/// <typeparam name="TAnswer">What they are answered.</typeparam>
public sealed record TextRules<TState, TCommand, TAnswer>
    where TState : notnull
{
    /// <summary>The text of a state; null for <see cref="AnswerRules{TState, TCommand, TAnswer}.Unseen"/>.</summary>
    public required Func<TState, string?> Of { get; init; }

    /// <summary>The text that an observer was answered.</summary>
    public required Func<TAnswer, string> Shown { get; init; }

    /// <summary>The text that a command adds; null when it adds none.</summary>
    public required Func<TCommand, string?> Appended { get; init; }

    /// <summary>The text that a command puts in the place of the one before; null when it does not.</summary>
    public required Func<TCommand, string?> Replaced { get; init; }
}
