using System.Globalization;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>A factory that turns the values in a file into entries of a history, for all file formats.</summary>
internal sealed class EntryMaker
{
    private const string Types = ":invoke, :ok, :fail or :info";

    private readonly Dictionary<string, string> _functions = [];
    private readonly SortedDictionary<string, (string Process, int Line)> _otherCalls = new(StringComparer.Ordinal);
    private int _number;
    private (long Index, int Line)? _last;

    /// <summary>
    /// The number of entries and lines that were skipped, because their process is not a numbered client.
    /// </summary>
    public int PassedOver { get; private set; }

    /// <summary>True when the file has at least one entry.</summary>
    public bool HasEntries => _number > 0;

    /// <summary>
    /// The functions that processes without a number called, each with the first such process and its line. The
    /// <c>:info</c> entries of a nemesis are not included.
    /// </summary>
    public IReadOnlyDictionary<string, (string Process, int Line)> OtherCalls => _otherCalls;

    /// <summary>Counts a line without an entry as skipped.</summary>
    public void PassOver() => PassedOver++;

    /// <summary>Creates an entry from a map; returns null when the process has no number.</summary>
    /// <param name="value">The map that was read.</param>
    /// <param name="line">The line in which the map begins, from 1.</param>
    /// <exception cref="HistoryEntryException">The value is not a map, or a field is missing or wrong.</exception>
    public HistoryEntry? Of(EdnValue value, int line)
    {
        if (value.Untagged is not { Kind: EdnKind.Map } map)
        {
            throw new HistoryEntryException(line, $"found {value}; expected a map such as {{:process 0, :type :invoke, :f :read, :value nil}}");
        }

        EdnValue? process = Field(map, "process", line);
        EdnValue? index = Field(map, "index", line);
        CheckOrder(index?.Untagged, line);
        return Of(
            line,
            process ?? throw new HistoryEntryException(line, "found no :process; expected a client's number"),
            Field(map, "type", line),
            Field(map, "f", line),
            Field(map, "value", line),
            Field(map, "key", line) is { Kind: not EdnKind.Nil } key ? key : null);
    }

    /// <summary>Creates an entry from its fields; returns null when the process has no number.</summary>
    /// <param name="line">The line in which the entry begins, from 1.</param>
    /// <param name="process">The number of the client, or the name of another process.</param>
    /// <param name="type">The type; null when the file has none, which is an error for a client.</param>
    /// <param name="function">The function; null when the file has none, which is an error for a client.</param>
    /// <param name="value">The value; null when the file has none.</param>
    /// <param name="key">The key; null when the file has none.</param>
    /// <exception cref="HistoryEntryException">A field is missing or wrong.</exception>
    public HistoryEntry? Of(int line, EdnValue process, EdnValue? type, EdnValue? function, EdnValue? value, EdnValue? key)
    {
        _number++;
        if (ClientOf(process, line) is not { } client)
        {
            PassedOver++;
            if (type?.Name is not "info")
            {
                _otherCalls.TryAdd($"{function?.Name}", (process.ToString(), line));
            }

            return null;
        }

        HistoryEntryType typed = (type?.Name) switch
        {
            "invoke" => HistoryEntryType.Invoke,
            "ok" => HistoryEntryType.Ok,
            "fail" => HistoryEntryType.Fail,
            "info" => HistoryEntryType.Info,
            _ => throw new HistoryEntryException(line, type is null ? $"found no :type; expected {Types}" : $"found :type {type}; expected {Types}"),
        };
        string name = function?.Name ?? throw new HistoryEntryException(
            line, function is null ? "found no :f; expected the name of a function, such as :read" : $"found :f {function}; expected the name of a function, such as :read");
        if (!_functions.TryGetValue(name, out string? known))
        {
            _functions.Add(name, known = name);
        }

        return new HistoryEntry(line, _number, client, typed, known, value, key);
    }

    private static EdnValue? Field(EdnValue map, string name, int line)
    {
        EdnValue? found = null;
        for (int i = 0; i + 1 < map.Items.Count; i += 2)
        {
            if (map.Items[i] is { Kind: EdnKind.Keyword or EdnKind.Text } key && key.Text == name)
            {
                found = found is null ? map.Items[i + 1] : throw new HistoryEntryException(line, $"found :{name} twice; expected it once");
            }
        }

        return found;
    }

    // Returns the number, which may be a string in the file; null for names such as :nemesis.
    private static int? ClientOf(EdnValue process, int line)
    {
        if (process.Kind == EdnKind.Integer || (process.Kind == EdnKind.Text && long.TryParse(process.Text, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
        {
            return int.TryParse(process.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int client)
                ? client
                : throw new HistoryEntryException(line, $"found :process {process}; expected a number from 0 to {int.MaxValue}");
        }

        return process.Name is not null
            ? null
            : throw new HistoryEntryException(line, $"found :process {process}; expected a client's number, or a name such as :nemesis");
    }

    // The order of the entries is their order in time, so a file in another order would be misread.
    private void CheckOrder(EdnValue? index, int line)
    {
        if (index?.Kind != EdnKind.Integer || !long.TryParse(index.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return;
        }

        if (_last is { } last && number < last.Index)
        {
            throw new HistoryEntryException(line, $"found :index {number} after :index {last.Index} of line {last.Line}; expected the entries in the order in which they happened");
        }

        _last = (number, line);
    }
}
