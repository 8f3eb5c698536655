using System.Buffers;
using Raft.Verified.StateMachines;

namespace Raft.Verified.Tests.StateMachines;

/// <summary>A serializer for numbers up to 255, in some bytes that all have the value.</summary>
/// <param name="length">The number of bytes.</param>
internal sealed class NumberSerializer(int length) : IRaftSerializer<int>
{
    public void Serialize(int value, IBufferWriter<byte> output) => output.Write(Enumerable.Repeat((byte)value, length).ToArray());

    public int Deserialize(ReadOnlyMemory<byte> bytes) =>
        bytes.Length == length ? bytes.Span[0] : throw new InvalidDataException($"{bytes.Length} bytes instead of {length}");
}
