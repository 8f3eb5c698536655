using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Tests.Machines;

/// <summary>A counter whose snapshots end with padding of any length.</summary>
internal sealed class PaddedMachine(Func<int> padding) : IRaftStateMachine
{
    private long _count;

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(BitConverter.GetBytes(++_count));

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>((byte[])[.. BitConverter.GetBytes(_count), .. new byte[padding()]]);

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _count = BitConverter.ToInt64(snapshot.Span);
        return default;
    }
}
