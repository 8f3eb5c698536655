using System.Globalization;
using System.Text;

namespace Raft.Verified.Specifications.Linearizability.Files;

/// <summary>
/// Reads a map on one line in the part of Clojure's EDN that histories use: keywords, whole numbers, strings, nil, and flat vectors of these. Values are
/// <see cref="EdnKeyword"/>, <see cref="long"/>, <see cref="string"/>, null and lists.
/// </summary>
internal sealed class EdnMap
{
    private readonly string _text;
    private readonly Dictionary<string, object?> _values = [];
    private int _at;

    private EdnMap(string text)
    {
        _text = text;
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="HistoryLineException">It is no such map.</exception>
    public static EdnMap Parse(string line)
    {
        EdnMap map = new(line);
        map.Expect('{');
        while (map.Next() != '}')
        {
            map.Expect(':', "a keyword such as :process");
            string key = map.Word();
            if (!map._values.TryAdd(key, map.Value()))
            {
                throw new HistoryLineException($"found :{key} twice; expected it once");
            }
        }

        map.Expect('}');
        return map.Next() == '\0' ? map : throw map.Problem("the line's end");
    }

    /// <summary>The value of a key, of a given type.</summary>
    /// <exception cref="HistoryLineException">It is missing, or of another type.</exception>
    public T Get<T>(string key, string expected)
    {
        if (!_values.TryGetValue(key, out object? value))
        {
            throw new HistoryLineException($"found no :{key}; expected {expected}");
        }

        return value is T typed ? typed : throw new HistoryLineException($"found :{key} {Show(value)}; expected {expected}");
    }

    /// <summary>The value of a key, whatever it is; null also when it is missing.</summary>
    public object? Get(string key) => _values.GetValueOrDefault(key);

    /// <summary>A value as text for messages.</summary>
    public static string Show(object? value) => value switch
    {
        null => "nil",
        string text => Found.Of($"\"{text}\""),
        IReadOnlyList<object?> list => Found.Of($"[{string.Join(' ', list.Select(Show))}]"),
        _ => Found.Of($"{value}"),
    };

    private object? Value()
    {
        switch (Next())
        {
            case ':':
                _at++;
                return new EdnKeyword(Word());
            case '"':
                return String();
            case '[':
                return Vector();
            default:
                int start = _at;
                string word = Word();
                if (word == "nil")
                {
                    return null;
                }

                if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
                {
                    return number;
                }

                _at = start;
                throw Problem("a keyword, a number, a string, nil or a vector");
        }
    }

    private List<object?> Vector()
    {
        List<object?> items = [];
        Expect('[');
        while (Next() is var next && next != ']')
        {
            items.Add(next == '[' ? throw Problem("a keyword, a number, a string or nil") : Value());
        }

        Expect(']');
        return items;
    }

    private string String()
    {
        StringBuilder text = new();
        for (_at++; _at < _text.Length && _text[_at] != '"'; _at++)
        {
            text.Append(_text[_at] == '\\' ? Escaped() : _text[_at]);
        }

        if (_at == _text.Length)
        {
            throw Problem("the string's end");
        }

        _at++;
        return text.ToString();
    }

    private char Escaped()
    {
        _at++;
        return _at == _text.Length ? throw Problem("the string's end") : _text[_at] switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '"' or '\\' => _text[_at],
            _ => throw Problem("""\n, \t, \r, \" or \\"""),
        };
    }

    private string Word()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] is '-' or '+'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    // What comes next behind white space, of which commas are a part; '\0' at the end.
    private char Next()
    {
        while (_at < _text.Length && (char.IsWhiteSpace(_text[_at]) || _text[_at] == ','))
        {
            _at++;
        }

        return _at < _text.Length ? _text[_at] : '\0';
    }

    private void Expect(char c, string? expected = null)
    {
        if (Next() != c)
        {
            throw Problem(expected ?? $"'{c}'");
        }

        _at++;
    }

    private HistoryLineException Problem(string expected)
    {
        string found = _at < _text.Length ? $"'{Found.Of(_text[_at..])}'" : "the end";
        return new HistoryLineException($"found {found} at character {_at + 1}; expected {expected}");
    }
}

/// <summary>A keyword, such as <c>:ok</c>.</summary>
/// <param name="Name">Its name, without the colon.</param>
internal sealed record EdnKeyword(string Name)
{
    public override string ToString() => $":{Name}";
}
