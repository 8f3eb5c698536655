using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Raft.Verified.KeyValue;

/// <summary>A writer of the fields of a binary format, one after the other.</summary>
/// <param name="capacity">The expected number of bytes; at least 1.</param>
internal sealed class FieldWriter(int capacity = 256)
{
    // An unpaired surrogate has no encoding, and KeyValueCommand refuses it. It is never replaced, because two
    // different texts would become equal.
    internal static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.GetSpan(sizeof(long)), value);
        _buffer.Advance(sizeof(long));
    }

    public void Count(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.GetSpan(sizeof(int)), value);
        _buffer.Advance(sizeof(int));
    }

    public void Text(string value)
    {
        int length = Utf8.GetByteCount(value);
        Count(length);
        _buffer.Advance(Utf8.GetBytes(value, _buffer.GetSpan(length)));
    }

    // The writer is no longer used, so a buffer of exactly the right size need not be copied.
    public ReadOnlyMemory<byte> ToMemory() => _buffer.FreeCapacity == 0 ? _buffer.WrittenMemory : _buffer.WrittenSpan.ToArray();
}
