using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>
/// A compaction and the caller that waits for it to be durable; no caller when the server compacts by itself.
/// </summary>
internal sealed record PendingCompaction(LogIndex Index, ReadOnlyMemory<byte> Snapshot, TaskCompletionSource? Completion);
