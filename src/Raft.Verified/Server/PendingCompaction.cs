using Raft.Verified.Protocol;

namespace Raft.Verified.Server;

/// <summary>A compaction and whoever waits for it to be durable; nobody when the server compacts by itself.</summary>
internal sealed record PendingCompaction(LogIndex Index, ReadOnlyMemory<byte> Snapshot, TaskCompletionSource? Completion);
