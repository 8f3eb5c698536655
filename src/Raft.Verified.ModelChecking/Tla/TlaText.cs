using System.Globalization;

namespace Raft.Verified.ModelChecking.Tla;

/// <summary>
/// The canonical texts of TLA+ values: equal values have equal texts. Records and functions are in the order of their
/// fields and arguments, sets are sorted, and there are no spaces.
/// </summary>
internal static class TlaText
{
    public const string EmptySequence = "<<>>";

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Flag(bool value) => value ? "TRUE" : "FALSE";

    public static string Text(string value) => $"\"{value}\"";

    public static string Sequence(IEnumerable<string> items) => $"<<{string.Join(',', items)}>>";

    public static string Set(IEnumerable<string> items) => $"{{{string.Join(',', items.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}}}";

    public static string Record(params IEnumerable<(string Field, string Value)> fields) =>
        $"[{string.Join(',', fields.OrderBy(field => field.Field, StringComparer.Ordinal).Select(field => $"{field.Field}|->{field.Value}"))}]";

    /// <summary>Returns the text of a function; a function with the arguments 1 to n is a sequence.</summary>
    public static string Function(IReadOnlyCollection<(string Argument, string Value)> pairs)
    {
        string[] values = new string[pairs.Count];
        bool isSequence = pairs.All(pair =>
        {
            bool isIndex = int.TryParse(pair.Argument, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index >= 1 && index <= values.Length;
            if (isIndex)
            {
                values[index - 1] = pair.Value;
            }

            return isIndex;
        });
        return isSequence
            ? Sequence(values)
            : $"({string.Join("@@", pairs.OrderBy(pair => pair.Argument, StringComparer.Ordinal).Select(pair => $"{pair.Argument}:>{pair.Value}"))})";
    }

    /// <summary>Returns the text of a state: its variables in the order of their names.</summary>
    public static string State(IEnumerable<(string Variable, string Value)> variables) =>
        string.Join(' ', variables.OrderBy(variable => variable.Variable, StringComparer.Ordinal).Select(variable => $"{variable.Variable}={variable.Value}"));
}
