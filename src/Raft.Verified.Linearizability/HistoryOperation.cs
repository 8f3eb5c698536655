namespace Raft.Verified.Linearizability;

/// <summary>One operation of a history: what a client asked, what it was answered, and when each of the two happened.</summary>
/// <typeparam name="TCommand">What clients ask.</typeparam>
/// <typeparam name="TAnswer">What they are answered.</typeparam>
public sealed class HistoryOperation<TCommand, TAnswer>
{
    /// <summary>The client's number.</summary>
    public required int Client { get; init; }

    /// <summary>What the client asked.</summary>
    public required TCommand Command { get; init; }

    /// <summary>
    /// When: a time, a position in a recording or a line in a file, all of one history on the same scale. An operation comes before another
    /// one in real time if it returned at a smaller number than the other was called at; with equal numbers they overlap.
    /// </summary>
    public required long Call { get; init; }

    /// <summary>
    /// When the answer came, on the scale of <see cref="Call"/>; null when none did: the operation may take effect at any time after its call, or never.
    /// </summary>
    public long? Return { get; init; }

    /// <summary>The answer; means nothing without <see cref="Return"/>.</summary>
    public TAnswer? Answer { get; init; }

    /// <inheritdoc />
    public override string ToString() => $"client {Client}: {Command}{(Return is null ? ", unanswered" : $" -> {Answer}")}";
}
