namespace Raft.Verified.Linearizability.Files.Edn;

/// <summary>
/// A factory for the values of atoms: nil, numbers, keywords and symbols. Equal atoms share one value, because
/// histories repeat them many times.
/// </summary>
internal sealed class EdnAtoms
{
    private const int MaxRemembered = 100_000;

    private readonly Dictionary<string, EdnValue> _remembered = [];
    private readonly Dictionary<string, EdnValue>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public EdnAtoms()
    {
        _lookup = _remembered.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Returns the value of an atom.</summary>
    /// <param name="text">The atom as written; a keyword includes its colon.</param>
    public EdnValue Of(ReadOnlySpan<char> text)
    {
        if (_lookup.TryGetValue(text, out EdnValue? known))
        {
            return known;
        }

        EdnValue made = Make(text);
        if (_remembered.Count < MaxRemembered)
        {
            _lookup[text] = made;
        }

        return made;
    }

    private static EdnValue Make(ReadOnlySpan<char> text)
    {
        if (text is "nil")
        {
            return EdnValue.Nil;
        }

        if (text[0] == ':' && text.Length > 1)
        {
            return EdnValue.Of(EdnKind.Keyword, text[1..].ToString());
        }

        return Integer(text) is { } integer ? EdnValue.Of(EdnKind.Integer, integer) : EdnValue.Of(EdnKind.Atom, Fraction(text));
    }

    // A plus sign, leading zeros and the N after big numbers have no meaning: 1, +1, 01 and 1N are equal.
    private static string? Integer(ReadOnlySpan<char> text)
    {
        bool isNegative = text[0] == '-';
        ReadOnlySpan<char> digits = text[0] is '-' or '+' ? text[1..] : text;
        digits = digits.EndsWith("N") ? digits[..^1] : digits;
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        digits = digits.TrimStart('0');
        return digits.IsEmpty ? "0" : isNegative ? $"-{digits}" : digits.ToString();
    }

    // In Clojure, 1.50, 1.5 and 1.5M are equal, but 1 and 1.0 are not.
    private static string Fraction(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> number = text.EndsWith("M") ? text[..^1] : text;
        ReadOnlySpan<char> digits = number.TrimStart("+-");
        if (digits.IsEmpty || digits.ContainsAnyExcept("0123456789.") || digits.Count('.') > 1)
        {
            return text.ToString();
        }

        number = number[0] == '+' ? number[1..] : number;
        return !number.Contains('.') ? $"{number}.0" : number.TrimEnd('0') is var trimmed && trimmed[^1] == '.' ? $"{trimmed}0" : trimmed.ToString();
    }
}
