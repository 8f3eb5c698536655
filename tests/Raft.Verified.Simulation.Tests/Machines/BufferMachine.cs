using System.Buffers.Binary;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Tests.Machines;

/// <summary>A counter that answers each command from the same buffer, or from a new one.</summary>
internal sealed class BufferMachine(bool reuses) : IRaftStateMachine
{
    private byte[] _answer = new byte[sizeof(long)];
    private long _count;

    public ValueTask<ReadOnlyMemory<byte>> ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken = default)
    {
        _answer = reuses ? _answer : new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(_answer, ++_count);
        return ValueTask.FromResult<ReadOnlyMemory<byte>>(_answer);
    }

    public ValueTask<ReadOnlyMemory<byte>> TakeSnapshotAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>>(BitConverter.GetBytes(_count));

    public ValueTask RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken = default)
    {
        _count = BitConverter.ToInt64(snapshot.Span);
        return default;
    }
}
