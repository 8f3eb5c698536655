using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A linearizable read.</summary>
/// <param name="Index">The last entry that the state machine had applied when it was read.</param>
/// <param name="Value">What the query returned.</param>
public sealed record ReadResult<T>(LogIndex Index, T Value);
