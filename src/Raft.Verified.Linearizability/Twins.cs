namespace Raft.Verified.Linearizability;

/// <summary>
/// The groups of interchangeable operations. Only the preferred one of those that may come next needs to be tried,
/// because two twins can change places in any order.
/// <list type="bullet">
/// <item>Equal unanswered operations: the one called first is preferred.</item>
/// <item>
/// Equal operations with equal answers: the one that returned first is preferred, because operations after the other's
/// return are also after its return.
/// </item>
/// <item>Operations that lead from any state to an unseen one are all twins.</item>
/// </list>
/// </summary>
internal sealed class Twins
{
    private readonly (long Call, long Return)[] _times;
    private readonly int[]?[] _group; // By operation: its group in order of preference; null without twins.
    private readonly int[] _position;
    private readonly int[] _byReturn;
    private readonly int[] _rank; // By operation: its position in _byReturn.
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

    /// <summary>Creates the twins of a part; returns null when no operation has a twin.</summary>
    /// <param name="operations">The operations of the part.</param>
    /// <param name="isUseless">The test whether an operation leads from any state to an unseen one.</param>
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

    /// <summary>Returns true when a preferred twin of an operation may also come next.</summary>
    /// <param name="operation">The index of an operation that may come next.</param>
    public bool HasBetter(int operation)
    {
        if (_group[operation] is not { } group)
        {
            return false;
        }

        // A twin that returned before the call of this operation is already placed. Otherwise this one could not come
        // next.
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

    /// <summary>Records that an operation is placed.</summary>
    /// <param name="operation">The index of the operation.</param>
    public void Place(int operation)
    {
        _isPlaced[operation] = true;
        while (_firstOpen < _byReturn.Length && _isPlaced[_byReturn[_firstOpen]])
        {
            _firstOpen++;
        }
    }

    /// <summary>Records that the operation placed last is taken back.</summary>
    /// <param name="operation">The index of the operation.</param>
    public void TakeBack(int operation)
    {
        _isPlaced[operation] = false;
        _firstOpen = Math.Min(_firstOpen, _rank[operation]);
    }
}
