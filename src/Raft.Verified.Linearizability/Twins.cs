namespace Raft.Verified.Linearizability;

/// <summary>
/// Operations that are interchangeable, so that of those which may come next only the first one needs to be tried: an order that begins with another one
/// remains an order when the two change places.
/// <list type="bullet">
/// <item>Equal operations without an answer: the one called first.</item>
/// <item>Equal operations with equal answers: the one that returned first, because what had to wait for the other one had to wait for it, too.</item>
/// <item>Operations that lead to an unseen state from everywhere are equal in this sense, whatever they do.</item>
/// </list>
/// </summary>
internal sealed class Twins
{
    private readonly (long Call, long Return)[] _times;
    private readonly int[]?[] _group; // Of an operation: its twins and itself, in the order in which they are preferred; null without twins.
    private readonly int[] _position;
    private readonly int[] _byReturn;
    private readonly int[] _rank; // Of an operation: its place there.
    private readonly bool[] _isPlaced;
    private int _firstOpen;

    private Twins((long Call, long Return)[] times, List<List<int>> groups)
    {
        _times = times;
        _group = new int[times.Length][];
        _position = new int[times.Length];
        _rank = new int[times.Length];
        _isPlaced = new bool[times.Length];
        foreach (List<int> members in groups)
        {
            int[] group = [.. members.OrderBy(i => times[i].Return).ThenBy(i => times[i].Call).ThenBy(i => i)];
            for (int position = 0; position < group.Length; position++)
            {
                (_group[group[position]], _position[group[position]]) = (group, position);
            }
        }

        _byReturn = [.. Enumerable.Range(0, times.Length).OrderBy(i => times[i].Return)];
        for (int rank = 0; rank < _byReturn.Length; rank++)
        {
            _rank[_byReturn[rank]] = rank;
        }
    }

    /// <summary>The twins of a part; null when no operation has one.</summary>
    /// <param name="operations">The operations of the part.</param>
    /// <param name="isUseless">Whether an operation leads to an unseen state from everywhere.</param>
    public static Twins? Of<TCommand, TAnswer>(IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations, Func<int, bool> isUseless)
    {
        Dictionary<(bool IsAnswered, TCommand Command, TAnswer? Answer), List<int>> equal = [];
        List<int> useless = [];
        for (int i = 0; i < operations.Count; i++)
        {
            HistoryOperation<TCommand, TAnswer> operation = operations[i];
            bool isAnswered = operation.Return is not null;
            if (isAnswered && isUseless(i))
            {
                useless.Add(i);
                continue;
            }

            (bool, TCommand, TAnswer?) key = (isAnswered, operation.Command, isAnswered ? operation.Answer : default);
            if (!equal.TryGetValue(key, out List<int>? members))
            {
                equal.Add(key, members = []);
            }

            members.Add(i);
        }

        List<List<int>> groups = [.. equal.Values.Append(useless).Where(members => members.Count > 1)];
        return groups.Count == 0 ? null : new Twins([.. operations.Select(operation => (operation.Call, operation.Return ?? long.MaxValue))], groups);
    }

    /// <summary>Whether a twin may come next as well, and is preferred.</summary>
    /// <param name="operation">An operation that may come next.</param>
    public bool HasBetter(int operation)
    {
        if (_group[operation] is not { } group)
        {
            return false;
        }

        // A twin that returned before this operation was called is placed, or this one could not come next.
        long firstReturn = _firstOpen < _byReturn.Length ? _times[_byReturn[_firstOpen]].Return : long.MaxValue;
        for (int position = _position[operation] - 1; position >= 0 && _times[group[position]].Return >= _times[operation].Call; position--)
        {
            if (!_isPlaced[group[position]] && _times[group[position]].Call <= firstReturn)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>An operation is placed.</summary>
    public void Place(int operation)
    {
        _isPlaced[operation] = true;
        while (_firstOpen < _byReturn.Length && _isPlaced[_byReturn[_firstOpen]])
        {
            _firstOpen++;
        }
    }

    /// <summary>The operation that was placed last is taken back.</summary>
    public void TakeBack(int operation)
    {
        _isPlaced[operation] = false;
        _firstOpen = Math.Min(_firstOpen, _rank[operation]);
    }
}
