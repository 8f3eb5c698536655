using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Tests.Testing;

/// <summary>A state machine that counts commands.</summary>
internal class CountingMachine : IRaftStateMachine
{
    private byte _count;

    public virtual ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) =>
        new(new[] { ++_count });

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) => new(new[] { _count });

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _count = snapshot.Span[0];
        return ValueTask.CompletedTask;
    }
}
