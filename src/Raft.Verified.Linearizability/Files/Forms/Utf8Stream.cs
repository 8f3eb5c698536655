using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// A stream that passes on UTF-8 without NUL and throws for any other bytes. A decoder would replace all invalid bytes
/// by the same character, and different values would become equal.
/// </summary>
internal sealed class Utf8Stream(Stream source) : Stream
{
    private const int BufferSize = 1 << 16;

    private const int MaxSequence = 4;

    private readonly byte[] _buffer = new byte[BufferSize];
    private int _at;
    private int _checked;
    private int _filled;
    private int _line = 1;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Describes the first NUL or invalid UTF-8 bytes; returns null when there are none.</summary>
    /// <param name="bytes">The bytes of one line.</param>
    public static string? Problem(ReadOnlySpan<byte> bytes) => FirstWrong(bytes) is { } wrong ? Describe(bytes, wrong.At, wrong.Length) : null;

    /// <inheritdoc />
    /// <exception cref="HistoryEntryException">The next bytes are NUL or not UTF-8.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (_at == _checked && !buffer.IsEmpty)
        {
            Fill();
        }

        int count = Math.Min(buffer.Length, _checked - _at);
        _buffer.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill()
    {
        _line += _buffer.AsSpan(0, _checked).Count((byte)'\n');
        int carried = _filled - _checked;
        _buffer.AsSpan(_checked, carried).CopyTo(_buffer);
        (_at, _checked, _filled) = (0, 0, carried);
        bool isAtEnd = false;
        while (!isAtEnd && _filled <= carried)
        {
            int read = source.Read(_buffer, _filled, BufferSize - _filled);
            isAtEnd = read == 0;
            _filled += read;
        }

        _checked = isAtEnd ? _filled : _filled - CutOff(_buffer.AsSpan(0, _filled));
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(0, _checked);
        if (FirstWrong(bytes) is not { } wrong)
        {
            return;
        }

        ReadOnlySpan<byte> before = bytes[..wrong.At];
        throw new HistoryEntryException(_line + before.Count((byte)'\n'), Describe(bytes, wrong.At, wrong.Length));
    }

    // Returns the number of bytes at the end that begin a sequence which the next bytes continue.
    private static int CutOff(ReadOnlySpan<byte> bytes)
    {
        for (int length = 1; length < MaxSequence && length <= bytes.Length; length++)
        {
            byte b = bytes[^length];
            if (b is >= 0x80 and < 0xC0)
            {
                continue;
            }

            return b >= 0xC0 && Rune.DecodeFromUtf8(bytes[^length..], out _, out _) == OperationStatus.NeedMoreData ? length : 0;
        }

        return 0;
    }

    private static (int At, int Length)? FirstWrong(ReadOnlySpan<byte> bytes)
    {
        int nul = bytes.IndexOf((byte)0);
        ReadOnlySpan<byte> before = nul < 0 ? bytes : bytes[..nul];
        if (Utf8.IsValid(before))
        {
            return nul < 0 ? null : (nul, 1);
        }

        int at = 0;
        int length;
        while (Rune.DecodeFromUtf8(before[at..], out _, out length) == OperationStatus.Done)
        {
            at += length;
        }

        return (at, length);
    }

    private static string Describe(ReadOnlySpan<byte> bytes, int at, int length)
    {
        int column = at - bytes[..at].LastIndexOf((byte)'\n');
        string found = Convert.ToHexString(bytes.Slice(at, length));
        return bytes[at] == 0
            ? $"found a NUL byte (00) at byte {column} of the line; expected text"
            : $"found the {(length == 1 ? "byte" : "bytes")} {found} at byte {column} of the line, which {(length == 1 ? "is" : "are")} not UTF-8; expected UTF-8";
    }
}
