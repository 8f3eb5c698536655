namespace Raft.Verified.Linearizability;

/// <summary>
/// A class of equivalent operations, in the order of their calls, that tracks which of them are placed.
/// </summary>
internal sealed class OpenClass
{
    private readonly List<long> _calls = [];
    private readonly List<bool> _isPlaced = [];
    private int _first;

    /// <summary>The number of operations that are not placed.</summary>
    public int Open { get; private set; }

    /// <summary>
    /// The time of the earliest call of an operation that is not placed; <see cref="long.MaxValue"/> when all are
    /// placed.
    /// </summary>
    public long FirstCall => _first < _calls.Count ? _calls[_first] : long.MaxValue;

    /// <summary>Adds an operation that is not placed.</summary>
    /// <param name="call">The time of its call, not before the calls of the operations added so far.</param>
    /// <returns>The position of the operation in the class.</returns>
    public int Add(long call)
    {
        _calls.Add(call);
        _isPlaced.Add(false);
        Open++;
        return _calls.Count - 1;
    }

    /// <summary>Records that an operation is placed.</summary>
    /// <param name="position">The position of the operation in the class.</param>
    public void Place(int position)
    {
        _isPlaced[position] = true;
        Open--;
        while (_first < _calls.Count && _isPlaced[_first])
        {
            _first++;
        }
    }

    /// <summary>Records that an operation is taken back.</summary>
    /// <param name="position">The position of the operation in the class.</param>
    public void TakeBack(int position)
    {
        _isPlaced[position] = false;
        Open++;
        _first = Math.Min(_first, position);
    }
}
