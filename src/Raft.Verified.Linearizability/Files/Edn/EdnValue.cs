using System.Globalization;
using System.Text;

namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>A value of EDN or JSON, as a tree.</summary>
internal sealed class EdnValue
{
    /// <summary>
    /// The maximum depth of values that are compared. Values that are not compared may be nested more deeply.
    /// </summary>
    private const int MaxDepth = 200;

    private EdnValue(EdnKind kind, string text, IReadOnlyList<EdnValue> items)
    {
        Kind = kind;
        Text = text;
        Items = items;
    }

    /// <summary>The value <c>nil</c>.</summary>
    public static EdnValue Nil { get; } = new(EdnKind.Nil, "nil", []);

    /// <summary>The kind of the value.</summary>
    public EdnKind Kind { get; }

    /// <summary>
    /// The content of a string, the name of a keyword without its colon, the name of a tag, or the text of any other
    /// atom; empty for other kinds.
    /// </summary>
    public string Text { get; }

    /// <summary>
    /// The items of a sequence or a set, the alternating keys and values of a map, or the one value after a tag; empty
    /// for other kinds.
    /// </summary>
    public IReadOnlyList<EdnValue> Items { get; }

    /// <summary>The name that a keyword, a string or a symbol denotes; null for other values.</summary>
    public string? Name => Kind is EdnKind.Keyword or EdnKind.Text or EdnKind.Atom ? Text : null;

    /// <summary>The value without its tags.</summary>
    public EdnValue Untagged
    {
        get
        {
            EdnValue value = this;
            while (value.Kind == EdnKind.Tagged)
            {
                value = value.Items[0];
            }

            return value;
        }
    }

    /// <summary>Creates a value without items.</summary>
    /// <param name="kind">The kind of the value.</param>
    /// <param name="text">The content; see <see cref="Text"/>.</param>
    public static EdnValue Of(EdnKind kind, string text) => new(kind, text, []);

    /// <summary>Creates a sequence, a set or a map.</summary>
    /// <param name="kind">The kind of the value.</param>
    /// <param name="items">The items; for a map, keys and values in turn.</param>
    public static EdnValue Of(EdnKind kind, IReadOnlyList<EdnValue> items) => new(kind, "", items);

    /// <summary>Creates a tagged value.</summary>
    /// <param name="tag">The name of the tag, without '#'.</param>
    /// <param name="value">The value after the tag.</param>
    public static EdnValue Tagged(string tag, EdnValue value) => new(EdnKind.Tagged, tag, [value]);

    /// <summary>
    /// Returns the canonical text of the value: two values have the same text exactly if they are equal. Items of sets
    /// and keys of maps are sorted.
    /// </summary>
    /// <exception cref="EdnException">The value is nested too deeply.</exception>
    public string Canonical() => Kind switch
    {
        EdnKind.Nil or EdnKind.Integer or EdnKind.Atom => Text,
        _ => Write(new StringBuilder(), 0).ToString(),
    };

    /// <summary>Returns the shortened text of the value, for messages.</summary>
    public override string ToString()
    {
        try
        {
            return Found.Of(Canonical());
        }
        catch (EdnException)
        {
            return "a deeply nested value";
        }
    }

    private StringBuilder Write(StringBuilder text, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new EdnException(string.Create(CultureInfo.InvariantCulture, $"found a value nested more than {MaxDepth} levels deep; expected less"));
        }

        return Kind switch
        {
            EdnKind.Text => WriteString(text),
            EdnKind.Keyword => text.Append(':').Append(Text),
            EdnKind.Sequence => WriteAll(text.Append('['), [.. Items.Select(item => item.Write(new StringBuilder(), depth + 1).ToString())]).Append(']'),
            EdnKind.Set => WriteAll(text.Append("#{"), Sorted(Items.Select(item => item.Write(new StringBuilder(), depth + 1).ToString()))).Append('}'),
            EdnKind.Map => WriteAll(text.Append('{'), Sorted(Pairs(depth + 1))).Append('}'),
            EdnKind.Tagged => Items[0].Write(text.Append('#').Append(Text).Append(' '), depth + 1),
            _ => text.Append(Text),
        };
    }

    private IEnumerable<string> Pairs(int depth)
    {
        for (int i = 0; i + 1 < Items.Count; i += 2)
        {
            yield return Items[i + 1].Write(Items[i].Write(new StringBuilder(), depth).Append(' '), depth).ToString();
        }
    }

    private static string[] Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];

    private static StringBuilder WriteAll(StringBuilder text, string[] items) => text.AppendJoin(' ', items);

    private StringBuilder WriteString(StringBuilder text)
    {
        text.Append('"');
        foreach (char c in Text)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }

        return text.Append('"');
    }
}
