using System.Globalization;
using System.Text.Json;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>
/// A reader for JSON values that follow each other or are the items of one array. It returns them as EDN values:
/// objects as maps, arrays as vectors.
/// </summary>
/// <param name="bytes">The text in UTF-8.</param>
internal sealed class JsonValueReader(Stream bytes)
{
    private const int FirstBufferSize = 1 << 16;

    private static readonly JsonReaderOptions Options = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = int.MaxValue,
    };

    private readonly EdnAtoms _atoms = new();
    private readonly Stack<(EdnKind Kind, List<EdnValue> Items)> _open = [];
    private JsonReaderState _state = new(Options);
    private byte[] _buffer = new byte[FirstBufferSize];
    private int _start;
    private int _end;
    private int _linesBefore;
    private bool _isAtEnd;
    private bool _isInArray;

    /// <summary>The line in which the last value begins, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Reads the next value; returns null at the end of the text.</summary>
    /// <exception cref="HistoryEntryException">The text is not JSON at this position.</exception>
    public EdnValue? NextItem()
    {
        while (true)
        {
            try
            {
                if (TryNextItem(out EdnValue? value))
                {
                    return value;
                }
            }
            catch (JsonException exception)
            {
                throw Problem(exception);
            }

            if (_isAtEnd)
            {
                return null;
            }

            Fill();
        }
    }

    // Reads from the buffered bytes; returns false when they do not complete a value.
    private bool TryNextItem(out EdnValue? value)
    {
        value = null;
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), _isAtEnd, _state);
        while (value is null && reader.Read())
        {
            value = Take(ref reader);
        }

        int consumed = (int)reader.BytesConsumed;
        _linesBefore += _buffer.AsSpan(_start, consumed).Count((byte)'\n');
        _start += consumed;
        _state = reader.CurrentState;
        return value is not null;
    }

    // Takes the next token; returns a top-level value when the token completes one.
    private EdnValue? Take(ref Utf8JsonReader reader)
    {
        if (_open.Count == 0)
        {
            int before = (int)reader.TokenStartIndex;
            Line = 1 + _linesBefore + _buffer.AsSpan(_start, before).Count((byte)'\n');
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.StartArray when _open.Count == 0 && !_isInArray:
                _isInArray = true;
                return null;
            case JsonTokenType.EndArray when _open.Count == 0:
                _isInArray = false;
                return null;
            case JsonTokenType.StartArray:
                _open.Push((EdnKind.Sequence, []));
                return null;
            case JsonTokenType.StartObject:
                _open.Push((EdnKind.Map, []));
                return null;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                (EdnKind kind, List<EdnValue> items) = _open.Pop();
                return Complete(EdnValue.Of(kind, items));
            default:
                return Complete(Atom(ref reader));
        }
    }

    private EdnValue? Complete(EdnValue value)
    {
        if (_open.TryPeek(out (EdnKind Kind, List<EdnValue> Items) inside))
        {
            inside.Items.Add(value);
            return null;
        }

        return value;
    }

    private EdnValue Atom(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return EdnValue.Nil;
            case JsonTokenType.Number:
                return Number(System.Text.Encoding.ASCII.GetString(reader.ValueSpan));
            case JsonTokenType.True:
                return _atoms.Of("true");
            case JsonTokenType.False:
                return _atoms.Of("false");
            default:
                try
                {
                    return EdnValue.Of(EdnKind.Text, reader.GetString()!);
                }
                catch (InvalidOperationException)
                {
                    throw new HistoryEntryException(Line, "found a string with half of a surrogate pair; expected whole characters");
                }
        }
    }

    // In JSON, 1 and 1.0 are the same number.
    private EdnValue Number(string text)
    {
        int point = text.IndexOf('.', StringComparison.Ordinal);
        bool isWhole = point >= 0 && !text.AsSpan(point + 1).ContainsAnyExcept('0');
        return _atoms.Of(isWhole ? text.AsSpan(0, point) : text);
    }

    private void Fill()
    {
        if (_start == 0 && _end == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        int read = bytes.Read(_buffer, _end, _buffer.Length - _end);
        _isAtEnd = read == 0;
        _end += read;
    }

    private HistoryEntryException Problem(JsonException exception)
    {
        bool isCutOff = _isAtEnd && (_open.Count > 0 || _isInArray) && exception.Message.Contains("end", StringComparison.Ordinal) && IsAtEndOf(exception);
        if (isCutOff)
        {
            string what = _open.Count > 0 ? $"the object that begins in line {Line}" : "the array of operations";
            return new HistoryEntryException(Line, $"found the end of the file inside {what}, so it may have been cut off; expected {(_open.Count > 0 ? "'}'" : "']'")}");
        }

        string reason = exception.Message.Split(" LineNumber:")[0];
        string place = string.Create(CultureInfo.InvariantCulture, $"byte {exception.BytePositionInLine + 1}");
        return new HistoryEntryException((int)(exception.LineNumber ?? 0) + 1, $"found invalid JSON at {place}: {Found.Of(reason)}");
    }

    // True when the error is at the end of the text, in an incomplete token.
    private bool IsAtEndOf(JsonException exception)
    {
        int lines = _buffer.AsSpan(_start, _end - _start).Count((byte)'\n');
        return (exception.LineNumber ?? 0) >= _linesBefore + lines;
    }
}
