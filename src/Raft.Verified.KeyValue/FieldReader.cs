using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Raft.Verified.KeyValue;

/// <summary>A reader of the fields that <see cref="FieldWriter"/> wrote. It validates every length.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public bool TryByte(out byte value)
    {
        value = 0;
        if (_rest.IsEmpty)
        {
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    public bool TryNumber(out long value)
    {
        if (!BinaryPrimitives.TryReadInt64LittleEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[sizeof(long)..];
        return true;
    }

    public bool TryCount(out int value)
    {
        if (!BinaryPrimitives.TryReadInt32LittleEndian(_rest, out value) || value < 0)
        {
            return false;
        }

        _rest = _rest[sizeof(int)..];
        return true;
    }

    public bool TryText([NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!TryCount(out int length) || length > _rest.Length)
        {
            return false;
        }

        try
        {
            value = FieldWriter.Utf8.GetString(_rest[..length]);
        }
        catch (ArgumentException)
        {
            return false;
        }

        _rest = _rest[length..];
        return true;
    }
}
