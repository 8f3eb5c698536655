using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>A pattern of the messages that a line of a script refers to.</summary>
/// <typeparam name="T">The type of the messages.</typeparam>
/// <param name="text">The name of the messages, for error messages.</param>
/// <param name="matches">
/// A function that returns true for the messages of that type that are meant; null for all.
/// </param>
public sealed class MessagePattern<T>(string text, Predicate<T>? matches = null)
    where T : Message
{
    /// <summary>Returns the pattern with one more condition.</summary>
    /// <param name="condition">The condition, in words.</param>
    /// <param name="holds">A function that returns true when a message meets the condition.</param>
    public MessagePattern<T> Where(string condition, Predicate<T> holds) =>
        new($"{text} {condition}", message => (matches is null || matches(message)) && holds(message));

    /// <inheritdoc />
    public override string ToString() => text;

    internal bool Matches(Message message) => message is T typed && (matches is null || matches(typed));
}
