namespace Raft.Verified.ModelChecking.Tla;

/// <summary>
/// A reader for values in the notation of TLC. It returns their canonical texts (<see cref="TlaText"/>).
/// </summary>
internal ref struct TlaReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>Reads a state: a conjunction of <c>/\ variable = value</c>.</summary>
    /// <exception cref="FormatException">
    /// The text is not a state. The message shows what was found and what was expected.
    /// </exception>
    public string State()
    {
        List<(string, string)> variables = [];
        for (SkipSpace(); _at < _text.Length; SkipSpace())
        {
            Expect("/\\");
            string variable = Word();
            Expect("=");
            variables.Add((variable, Value()));
        }

        return TlaText.State(variables);
    }

    private string Value()
    {
        if (TryTake("<<"))
        {
            return TlaText.Sequence(Items(">>"));
        }

        if (TryTake("{"))
        {
            return TlaText.Set(Items("}"));
        }

        if (TryTake("["))
        {
            return TlaText.Record(Fields());
        }

        if (TryTake("("))
        {
            return TlaText.Function(Pairs());
        }

        return TryTake("\"") ? TlaText.Text(RestOfText()) : Word();
    }

    private List<string> Items(string end)
    {
        List<string> items = [];
        while (!TryTake(end))
        {
            if (items.Count > 0)
            {
                Expect(",");
            }

            items.Add(Value());
        }

        return items;
    }

    private List<(string Field, string Value)> Fields()
    {
        List<(string, string)> fields = [];
        while (!TryTake("]"))
        {
            if (fields.Count > 0)
            {
                Expect(",");
            }

            string field = Word();
            Expect("|->");
            fields.Add((field, Value()));
        }

        return fields;
    }

    private List<(string Argument, string Value)> Pairs()
    {
        List<(string, string)> pairs = [];
        while (!TryTake(")"))
        {
            if (pairs.Count > 0)
            {
                Expect("@@");
            }

            string argument = Value();
            Expect(":>");
            pairs.Add((argument, Value()));
        }

        return pairs;
    }

    private string RestOfText()
    {
        int length = _text[_at..].IndexOf('"');
        if (length < 0)
        {
            throw Unexpected("the end of a string");
        }

        string value = new(_text.Slice(_at, length));
        _at += length + 1;
        return value;
    }

    // A name or a number.
    private string Word()
    {
        SkipSpace();
        int from = _at;
        if (_at < _text.Length && _text[_at] == '-')
        {
            _at++;
        }

        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _at > from ? new string(_text[from.._at]) : throw Unexpected("a value");
    }

    private bool TryTake(string symbol)
    {
        SkipSpace();
        bool found = _text[_at..].StartsWith(symbol, StringComparison.Ordinal);
        _at += found ? symbol.Length : 0;
        return found;
    }

    private void Expect(string symbol)
    {
        if (!TryTake(symbol))
        {
            throw Unexpected($"'{symbol}'");
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private readonly FormatException Unexpected(string expected) =>
        new($"found '{_text.Slice(_at, Math.Min(20, _text.Length - _at))}' where {expected} was expected");
}
