namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>A text that is streamed character by character and tracks line and column for messages.</summary>
internal sealed class EdnText
{
    private const int BufferSize = 1 << 15;

    /// <summary>The value of <see cref="Peek"/> at the end of the text.</summary>
    public const int End = -1;

    private readonly TextReader _source;
    private readonly char[] _buffer;
    private int _at;
    private int _filled;

    /// <summary>Creates a text from a reader.</summary>
    /// <param name="source">The reader, which is not disposed.</param>
    public EdnText(TextReader source)
    {
        _source = source;
        _buffer = new char[BufferSize];
    }

    /// <summary>Creates a text from a string.</summary>
    /// <param name="text">The content of the text.</param>
    public EdnText(string text)
    {
        _source = TextReader.Null;
        _buffer = text.ToCharArray();
        _filled = _buffer.Length;
    }

    /// <summary>The line of the next character, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The column of the next character in its line, from 1.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>Returns the next character without consuming it, or <see cref="End"/>.</summary>
    public int Peek()
    {
        if (_at == _filled)
        {
            _at = 0;
            _filled = _source.Read(_buffer, 0, _buffer.Length);
        }

        return _at == _filled ? End : _buffer[_at];
    }

    /// <summary>Consumes the next character. The text must not be at its end.</summary>
    public void Skip()
    {
        if (_buffer[_at++] == '\n')
        {
            Line++;
            Column = 1;
        }
        else
        {
            Column++;
        }
    }

    /// <summary>Creates an exception about the next character.</summary>
    /// <param name="expected">The description of what was expected.</param>
    public EdnException Problem(string expected)
    {
        if (Peek() == End)
        {
            return new EdnException($"found the end; expected {expected}");
        }

        ReadOnlySpan<char> rest = _buffer.AsSpan(_at, _filled - _at);
        int end = rest.IndexOfAny('\r', '\n');
        return new EdnException($"found '{Found.Of((end < 0 ? rest : rest[..end]).ToString())}' at character {Column}; expected {expected}");
    }
}
