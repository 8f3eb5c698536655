namespace Raft.Verified.Linearizability;

/// <summary>
/// A forest of the ways in which answered texts can be produced. A node is a prefix of an answered text that the
/// operations of the history can produce. If one append to one other node is the only way to produce it, that node is
/// its parent; otherwise it is a root.
/// </summary>
internal sealed class TextForest
{
    /// <summary>The number that represents the absence of a node or class.</summary>
    public const int None = -1;

    private readonly string[] _texts; // Sorted and distinct.
    private readonly int[][] _nodes; // By text: the node of each prefix that is longer than the one shared with the text before.
    private readonly int[] _shared; // By text: the length of the prefix shared with the text before; -1 for the first text.
    private readonly List<(int Parent, int Class, int Text, int Length)> _all = [];

    /// <summary>Builds the forest.</summary>
    /// <param name="texts">The answered texts, distinct and in ordinal order.</param>
    /// <param name="starts">The texts from which others can grow: the initial one, and the replacements.</param>
    /// <param name="appends">The appended texts, not empty, with the numbers of their classes.</param>
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

    /// <summary>
    /// The usefulness by class of appends: true when the class produces a prefix of an answered text.
    /// </summary>
    public bool[] IsUsed { get; }

    /// <summary>The number of nodes.</summary>
    public int Count => _all.Count;

    /// <summary>
    /// Returns the parent of a node and the class of the append that leads from there; <see cref="None"/> twice for a
    /// root.
    /// </summary>
    /// <param name="node">The number of the node.</param>
    public (int Parent, int Class) Edge(int node) => (_all[node].Parent, _all[node].Class);

    /// <summary>Returns the text of a node.</summary>
    /// <param name="node">The number of the node.</param>
    public ReadOnlySpan<char> TextOf(int node) => _texts[_all[node].Text].AsSpan(0, _all[node].Length);

    /// <summary>
    /// Returns the node of a text; <see cref="None"/> when no answered text begins with it or it cannot be produced.
    /// </summary>
    /// <param name="text">The text to look up.</param>
    public int NodeOf(string text)
    {
        int at = Array.BinarySearch(_texts, text, StringComparer.Ordinal);
        at = at < 0 ? ~at : at;
        return at < _texts.Length && _texts[at].StartsWith(text, StringComparison.Ordinal) ? _nodes[at][text.Length - _shared[at] - 1] : None;
    }
}
