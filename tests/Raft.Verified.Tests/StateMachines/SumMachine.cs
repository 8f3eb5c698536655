using System.Buffers;
using Raft.Verified.StateMachines;

namespace Raft.Verified.Tests.StateMachines;

/// <summary>A typed state machine that writes its own snapshots, without JSON.</summary>
internal sealed class SumMachine() : RaftStateMachine<int, int>(new RaftCodec<int, int>(new NumberSerializer(2), new NumberSerializer(1)))
{
    private int _sum;

    public override int Apply(int command) => _sum += command;

    protected override void WriteSnapshot(IBufferWriter<byte> output) => output.Write<byte>([(byte)_sum, 0xFF]);

    protected override void ReadSnapshot(ReadOnlyMemory<byte> snapshot) =>
        _sum = snapshot.Span is [byte sum, 0xFF] ? sum : throw new InvalidDataException("no sum");
}
