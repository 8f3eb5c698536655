using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>The result of a linearizable read.</summary>
/// <param name="Index">The last entry that the state machine had applied when the query ran.</param>
/// <param name="Value">The value that the query returned.</param>
public sealed record ReadResult<T>(LogIndex Index, T Value);
