namespace Raft.Verified.Protocol;

/// <summary>A read that waits for its round, as a value.</summary>
/// <param name="Index">See <see cref="ReadRequest.Index"/>.</param>
/// <param name="Round">See <see cref="ReadRequest.Round"/>.</param>
public readonly record struct ReadState(LogIndex Index, ReadRound Round);
