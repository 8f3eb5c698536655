using System;
using System.Buffers.Binary;

namespace Counters;

/// <summary>A sum, and the number of commands that made it.</summary>
public sealed class CounterState
{
    private long _sum;
    private long _commands;

    public ReadOnlyMemory<byte> Apply(ReadOnlySpan<byte> command)
    {
        _sum += CounterCommand.Decode(command).Add;
        _commands++;
        return Write();
    }

    public ReadOnlyMemory<byte> Write()
    {
        byte[] bytes = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, _sum);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), _commands);
        return bytes;
    }

    public void Read(ReadOnlySpan<byte> bytes)
    {
        _sum = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        _commands = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]);
    }

    public void Forget() => _commands = 0;
}
