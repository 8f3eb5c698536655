namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>A text that is read character by character, without all of it in memory, and knows its place for messages.</summary>
internal sealed class EdnText
{
    private const int BufferSize = 1 << 15;

    /// <summary>The value of <see cref="Peek"/> at the end of the text.</summary>
    public const int End = -1;

    private readonly TextReader _source;
    private readonly char[] _buffer;
    private int _at;
    private int _filled;

    /// <summary>A text that comes from a reader.</summary>
    public EdnText(TextReader source)
    {
        _source = source;
        _buffer = new char[BufferSize];
    }

    /// <summary>A short text.</summary>
    public EdnText(string text)
    {
        _source = TextReader.Null;
        _buffer = text.ToCharArray();
        _filled = _buffer.Length;
    }

    /// <summary>The number of the line of the next character, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>The number of the next character in its line, from 1.</summary>
    public int Column { get; private set; } = 1;

    /// <summary>The next character, or <see cref="End"/>.</summary>
    public int Peek()
    {
        if (_at == _filled)
        {
            _at = 0;
            _filled = _source.Read(_buffer, 0, _buffer.Length);
        }

        return _at == _filled ? End : _buffer[_at];
    }

    /// <summary>Goes on behind the next character, which must not be the end.</summary>
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

    /// <summary>An error at the next character.</summary>
    /// <param name="expected">A description of what should be there.</param>
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
