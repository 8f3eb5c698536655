using System.Globalization;
using System.Text;

namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>
/// A reader for EDN (github.com/edn-format/edn), value by value. It also accepts records, namespaced maps, metadata and
/// <c>##Inf</c>, as Clojure prints them. Nesting uses an explicit stack, so deep values do not overflow the thread's
/// stack.
/// </summary>
/// <param name="text">The text to read.</param>
/// <param name="atoms">The factory for atoms, which several readers may share.</param>
internal sealed class EdnReader(EdnText text, EdnAtoms atoms)
{
    private readonly EdnText _text = text;
    private readonly Stack<OpenForm> _open = [];
    private readonly StringBuilder _word = new();
    private char? _container;

    /// <summary>The line in which the last value begins, from 1; after an error, the line of the error.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Reads the next value; returns null at the end of the text.</summary>
    /// <exception cref="EdnException">The text is not EDN at this position.</exception>
    public EdnValue? Next() => Next(entersContainers: false);

    /// <summary>
    /// Reads the next value; returns null at the end of the text. The items of a top-level vector or list are read one
    /// by one.
    /// </summary>
    /// <exception cref="EdnException">The text is not EDN at this position.</exception>
    public EdnValue? NextItem() => Next(entersContainers: true);

    /// <summary>Skips white space and comments; returns true when the text ends there.</summary>
    /// <exception cref="EdnException">The text is not EDN at this position.</exception>
    public bool IsAtEnd()
    {
        SkipBlank();
        return _text.Peek() == EdnText.End;
    }

    private EdnValue? Next(bool entersContainers)
    {
        try
        {
            return Read(entersContainers);
        }
        catch (EdnException)
        {
            Line = _text.Line;
            throw;
        }
    }

    private EdnValue? Read(bool entersContainers)
    {
        while (true)
        {
            SkipBlank();
            int c = _text.Peek();
            if (c == EdnText.End)
            {
                return _open.Count == 0 && _container is null ? null : throw Unfinished();
            }

            if (_open.Count == 0)
            {
                Line = _text.Line;
            }

            if (entersContainers && _container is null && c is '[' or '(' && _open.All(form => form.Kind == EdnKind.Tagged))
            {
                _open.Clear();
                _container = CloserOf((char)c);
                _text.Skip();
            }
            else if (_open.Count == 0 && _container == c)
            {
                _container = null;
                _text.Skip();
            }
            else if (ReadToken((char)c) is { } value && Complete(value) is { } whole)
            {
                return whole;
            }
        }
    }

    // Returns the value that ends here; null when a nested value begins.
    private EdnValue? ReadToken(char c)
    {
        switch (c)
        {
            case '{':
                return Opens(EdnKind.Map);
            case '[' or '(':
                return Opens(EdnKind.Sequence);
            case '}' or ']' or ')':
                return Closes(c);
            case '"':
                return ReadString(hasEscapes: true);
            case '#':
                _text.Skip();
                return ReadDispatch();
            case '^':
                // Metadata is a value before the value that it describes.
                _text.Skip();
                _open.Push(OpenForm.Discard(_text.Line));
                return null;
            default:
                return atoms.Of(ReadWord());
        }
    }

    private EdnValue? Opens(EdnKind kind)
    {
        char opener = (char)_text.Peek();
        _open.Push(new OpenForm(kind, CloserOf(opener), "", _text.Line));
        _text.Skip();
        return null;
    }

    private EdnValue Closes(char closer)
    {
        if (!_open.TryPeek(out OpenForm? form) || form.Closer != closer)
        {
            throw _text.Problem(form is null ? "a value" : form.Closer == OpenForm.None ? "a value after the tag" : $"a value or '{form.Closer}'");
        }

        if (form.Kind == EdnKind.Map && form.Items.Count % 2 != 0)
        {
            throw _text.Problem("the value of the map's last key");
        }

        _text.Skip();
        _open.Pop();
        return EdnValue.Of(form.Kind, form.Items);
    }

    private EdnValue? ReadDispatch()
    {
        switch (_text.Peek())
        {
            case '{':
                return Opens(EdnKind.Set);
            case '_':
                _text.Skip();
                _open.Push(OpenForm.Discard(_text.Line));
                return null;
            case '#':
                return EdnValue.Of(EdnKind.Atom, $"#{ReadWord()}");
            case '"':
                // A regular expression. No model uses it.
                return EdnValue.Tagged("regex", ReadString(hasEscapes: false));
            default:
                string tag = ReadWord();
                _open.Push(tag.Length > 0 ? new OpenForm(EdnKind.Tagged, OpenForm.None, tag, _text.Line) : throw _text.Problem("a tag after '#'"));
                return null;
        }
    }

    // Adds a value to the value around it; returns the value when there is none around it.
    private EdnValue? Complete(EdnValue value)
    {
        while (_open.TryPeek(out OpenForm? form))
        {
            if (form.IsDiscard)
            {
                _open.Pop();
                return null;
            }

            if (form.Kind != EdnKind.Tagged)
            {
                form.Items.Add(value);
                return null;
            }

            _open.Pop();
            value = EdnValue.Tagged(form.Tag, value);
        }

        return value;
    }

    // In a regular expression, the backslashes belong to the text.
    private EdnValue ReadString(bool hasEscapes)
    {
        int line = _text.Line;
        StringBuilder text = new();
        for (_text.Skip(); PeekInString(line) is var c && c != '"'; _text.Skip())
        {
            if (c == '\\' && !hasEscapes)
            {
                text.Append(c);
                _text.Skip();
            }

            text.Append(c == '\\' && hasEscapes ? ReadEscape() : PeekInString(line));
        }

        _text.Skip();
        return EdnValue.Of(EdnKind.Text, text.ToString());
    }

    private char PeekInString(int line) => _text.Peek() is var c && c != EdnText.End
        ? (char)c
        : throw new EdnException($"found the end of the file inside the string that begins in line {line}; expected '\"'");

    // Stays on the last character of the escape.
    private char ReadEscape()
    {
        _text.Skip();
        switch (_text.Peek())
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case '"' or '\\' or '/' or '\'':
                return (char)_text.Peek();
            case 'u':
                Span<char> digits = stackalloc char[4];
                for (int i = 0; i < digits.Length; i++)
                {
                    _text.Skip();
                    digits[i] = _text.Peek() is var c && char.IsAsciiHexDigit((char)c) && c != EdnText.End ? (char)c : throw _text.Problem("four hexadecimal digits");
                }

                return (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default:
                throw _text.Problem("""\n, \t, \r, \b, \f, \u0000, \" or \\""");
        }
    }

    private string ReadWord()
    {
        _word.Clear();
        if (_text.Peek() == '\\')
        {
            // A character: the next one belongs to it, whatever it is.
            _word.Append('\\');
            _text.Skip();
            if (_text.Peek() != EdnText.End)
            {
                _word.Append((char)_text.Peek());
                _text.Skip();
            }
        }

        while (_text.Peek() is var c && c != EdnText.End && !IsDelimiter((char)c))
        {
            _word.Append((char)c);
            _text.Skip();
        }

        return _word.ToString();
    }

    private void SkipBlank()
    {
        while (_text.Peek() is var c && c != EdnText.End)
        {
            if (c == ';')
            {
                SkipLine();
            }
            else if (IsBlank((char)c))
            {
                _text.Skip();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipLine()
    {
        while (_text.Peek() is var c && c != EdnText.End && c != '\n')
        {
            _text.Skip();
        }
    }

    private EdnException Unfinished()
    {
        OpenForm? form = _open.LastOrDefault();
        string what = form is null ? "the list of operations" : $"the value that begins in line {form.Line}";
        string expected = form?.Closer == OpenForm.None ? "a value" : $"'{form?.Closer ?? _container}'";
        return new EdnException($"found the end of the file inside {what}, so it may have been cut off; expected {expected}");
    }

    private static char CloserOf(char opener) => opener switch
    {
        '{' => '}',
        '[' => ']',
        _ => ')',
    };

    private static bool IsBlank(char c) => c == ',' || char.IsWhiteSpace(c);

    private static bool IsDelimiter(char c) => IsBlank(c) || c is '{' or '}' or '[' or ']' or '(' or ')' or '"' or ';';

    // A value whose end has not been reached.
    private sealed class OpenForm(EdnKind kind, char closer, string tag, int line)
    {
        public const char None = '\0';

        public EdnKind Kind => kind;

        // The character that ends the value; None when it ends with the next value.
        public char Closer => closer;

        public string Tag => tag;

        public int Line => line;

        public bool IsDiscard { get; private init; }

        public List<EdnValue> Items { get; } = [];

        public static OpenForm Discard(int line) => new(EdnKind.Nil, None, "", line) { IsDiscard = true };
    }
}
