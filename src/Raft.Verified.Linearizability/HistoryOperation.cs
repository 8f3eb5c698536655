namespace Raft.Verified.Linearizability;

/// <summary>An operation of a history: the command of a client, its answer, and the times of call and return.</summary>
/// <typeparam name="TCommand">The type of the clients' commands.</typeparam>
/// <typeparam name="TAnswer">The type of the answers to the clients.</typeparam>
public sealed class HistoryOperation<TCommand, TAnswer>
{
    /// <summary>The number of the client.</summary>
    public required int Client { get; init; }

    /// <summary>The command of the client.</summary>
    public required TCommand Command { get; init; }

    /// <summary>
    /// The time of the call, on one scale for the whole history: a time, a position in a recording, or a line in a
    /// file. Operation A precedes operation B in real time if A's return is smaller than B's call. Equal numbers
    /// overlap.
    /// </summary>
    public required long Call { get; init; }

    /// <summary>
    /// The time of the return, on the scale of <see cref="Call"/>. Null means unanswered: the operation may take effect
    /// at any time after its call, or never.
    /// </summary>
    public long? Return { get; init; }

    /// <summary>The answer to the client; without meaning when <see cref="Return"/> is null.</summary>
    public TAnswer? Answer { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"client {Client}: {Command}{(Return is null ? ", unanswered" : $" -> {Answer}")}";
}
