using System.Buffers.Binary;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Scenarios.Lab.Services;

/// <summary>The counter of the rsm tests, as the servers' state machine.</summary>
internal sealed class CounterMachine : IRaftStateMachine
{
    public long Value { get; private set; }

    public static byte[] Encode(CounterCommand command) => [(byte)command];

    public static long Decode(ReadOnlyMemory<byte> answer) => BinaryPrimitives.ReadInt64LittleEndian(answer.Span);

    public ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> command)
    {
        switch ((CounterCommand)command[0])
        {
            case CounterCommand.Inc:
                Value++;
                break;
            case CounterCommand.Dec:
                throw new InvalidOperationException("Dec was carried out; it was proposed to a minority only");
            default:
                break;
        }

        return TakeSnapshot();
    }

    public ReadOnlyMemory<byte> TakeSnapshot()
    {
        byte[] bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Value);
        return bytes;
    }

    ValueTask<ReadOnlyMemory<byte>> IRaftStateMachine.ApplyAsync(LogIndex index, ReadOnlyMemory<byte> command, CancellationToken cancellationToken) => ValueTask.FromResult(Apply(command.Span));

    ValueTask<ReadOnlyMemory<byte>> IRaftStateMachine.TakeSnapshotAsync(CancellationToken cancellationToken) => ValueTask.FromResult(TakeSnapshot());

    ValueTask IRaftStateMachine.RestoreAsync(LogIndex lastIncludedIndex, ReadOnlyMemory<byte> snapshot, CancellationToken cancellationToken)
    {
        Value = Decode(snapshot);
        return ValueTask.CompletedTask;
    }
}
