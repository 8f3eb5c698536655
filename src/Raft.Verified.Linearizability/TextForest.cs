namespace Raft.Verified.Linearizability;

/// <summary>
/// How the texts that were answered can have come about. A node is a beginning of such a text that the operations of the history can make. Its parent
/// is the node from which one append makes it, if that is the only way to make it; otherwise the node is a root.
/// </summary>
internal sealed class TextForest
{
    /// <summary>Stands for no node.</summary>
    public const int None = -1;

    private readonly string[] _texts; // Sorted, each once.
    private readonly int[][] _nodes; // Of a text, from the length on at which it differs from the text before: the node of each length.
    private readonly int[] _shared; // Of a text: how much of its beginning is that of the text before.
    private readonly List<(int Parent, int Class, int Text, int Length)> _all = [];

    /// <summary>Builds the forest.</summary>
    /// <param name="texts">The texts that were answered, sorted by their characters, each once.</param>
    /// <param name="starts">The texts from which others can grow: the first one, and those that replace what was there.</param>
    /// <param name="appends">The texts that are appended, none of them empty, with their classes.</param>
    public TextForest(string[] texts, HashSet<string> starts, Dictionary<string, int> appends)
    {
        _texts = texts;
        _nodes = new int[texts.Length][];
        _shared = new int[texts.Length];
        IsUsed = new bool[appends.Count];
        int[] appendLengths = [.. appends.Keys.Select(text => text.Length).Distinct().Order()];
        HashSet<int> startLengths = [.. starts.Select(text => text.Length)];
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> isStart = starts.GetAlternateLookup<ReadOnlySpan<char>>();
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> classOf = appends.GetAlternateLookup<ReadOnlySpan<char>>();
        List<int> path = [];
        for (int i = 0; i < texts.Length; i++)
        {
            string text = texts[i];
            _shared[i] = i == 0 ? -1 : texts[i - 1].AsSpan().CommonPrefixLength(text);
            path.RemoveRange(_shared[i] + 1, path.Count - _shared[i] - 1);
            for (int length = path.Count; length <= text.Length; length++)
            {
                int ways = 0;
                (int Parent, int Class) way = (None, None);
                foreach (int added in appendLengths)
                {
                    if (added <= length && path[length - added] != None && classOf.TryGetValue(text.AsSpan(length - added, added), out int found))
                    {
                        ways++;
                        way = (path[length - added], found);
                        IsUsed[found] = true;
                    }
                }

                bool starting = startLengths.Contains(length) && isStart.Contains(text.AsSpan(0, length));
                if (!starting && ways == 0)
                {
                    path.Add(None);
                    continue;
                }

                (int parent, int @class) = starting || ways > 1 ? (None, None) : way;
                path.Add(_all.Count);
                _all.Add((parent, @class, i, length));
            }

            _nodes[i] = [.. path.Skip(_shared[i] + 1)];
        }
    }

    /// <summary>Of a class of appends: whether any of them makes the beginning of an answered text.</summary>
    public bool[] IsUsed { get; }

    /// <summary>The number of nodes.</summary>
    public int Count => _all.Count;

    /// <summary>A node's parent, and the class of the append that leads from there; <see cref="None"/> twice for a root.</summary>
    public (int Parent, int Class) Edge(int node) => (_all[node].Parent, _all[node].Class);

    /// <summary>The text of a node.</summary>
    public ReadOnlySpan<char> TextOf(int node) => _texts[_all[node].Text].AsSpan(0, _all[node].Length);

    /// <summary>The node of a text; <see cref="None"/> when no answered text begins with it, or it cannot be made.</summary>
    public int NodeOf(string text)
    {
        int at = Array.BinarySearch(_texts, text, StringComparer.Ordinal);
        at = at < 0 ? ~at : at;
        return at < _texts.Length && _texts[at].StartsWith(text, StringComparison.Ordinal) ? _nodes[at][text.Length - _shared[at] - 1] : None;
    }
}
