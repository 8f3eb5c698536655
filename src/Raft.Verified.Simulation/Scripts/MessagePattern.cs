using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>Which messages a line of a script means.</summary>
/// <typeparam name="T">Their type.</typeparam>
/// <param name="text">What they are called, for error messages.</param>
/// <param name="matches">Which of that type are meant; null for all.</param>
public sealed class MessagePattern<T>(string text, Predicate<T>? matches = null)
    where T : Message
{
    /// <summary>The same, with one more condition.</summary>
    /// <param name="condition">The condition, in words.</param>
    /// <param name="holds">Whether a message meets it.</param>
    public MessagePattern<T> Where(string condition, Predicate<T> holds) =>
        new($"{text} {condition}", message => (matches is null || matches(message)) && holds(message));

    /// <inheritdoc />
    public override string ToString() => text;

    internal bool Matches(Message message) => message is T typed && (matches is null || matches(typed));
}
