using System.Globalization;
using Raft.Verified.Linearizability.Files.Edn;

namespace Raft.Verified.Linearizability.Files.Forms;

/// <summary>Makes a history's entries of the values that a file has, whatever its form.</summary>
internal sealed class EntryMaker
{
    private const string Types = ":invoke, :ok, :fail or :info";

    private readonly Dictionary<string, string> _functions = [];
    private readonly SortedDictionary<string, (string Process, int Line)> _otherCalls = new(StringComparer.Ordinal);
    private int _number;
    private (long Index, int Line)? _last;

    /// <summary>How many entries and lines were passed over because no numbered client is their process.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Whether there is any entry at all.</summary>
    public bool HasEntries => _number > 0;

    /// <summary>
    /// The functions that processes without a number called, with the first process and its line. A nemesis has none: what it does is <c>:info</c>.
    /// </summary>
    public IReadOnlyDictionary<string, (string Process, int Line)> OtherCalls => _otherCalls;

    /// <summary>Counts a line without an entry.</summary>
    public void PassOver() => PassedOver++;

    /// <summary>Makes an entry of a map; null when its process has no number.</summary>
    /// <exception cref="HistoryEntryException">The map lacks something that an entry has.</exception>
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

    /// <summary>Makes an entry of its parts; null when its process has no number.</summary>
    /// <exception cref="HistoryEntryException">A part is missing, or is not what an entry has.</exception>
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

    // A number, also as a string; null for names such as :nemesis.
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

    // The order of the entries is the order in time: a file sorted by anything else would be misunderstood.
    private void CheckOrder(EdnValue? index, int line)
    {
        if (index?.Kind != EdnKind.Integer || !long.TryParse(index.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
        {
            return;
        }

        if (_last is { } last && number < last.Index)
        {
            throw new HistoryEntryException(line, $"found :index {number} behind :index {last.Index} of line {last.Line}; expected the entries in the order in which they happened");
        }

        _last = (number, line);
    }
}
