namespace Raft.Verified.Linearizability;

/// <summary>Operations that are alike, in the order of their calls, and which of them are not placed.</summary>
internal sealed class OpenClass
{
    private readonly List<long> _calls = [];
    private readonly List<bool> _isPlaced = [];
    private int _first;

    /// <summary>How many are not placed.</summary>
    public int Open { get; private set; }

    /// <summary>When the first one was called that is not placed; <see cref="long.MaxValue"/> when all are.</summary>
    public long FirstCall => _first < _calls.Count ? _calls[_first] : long.MaxValue;

    /// <summary>Adds an operation, called no earlier than those before it.</summary>
    /// <returns>Its position.</returns>
    public int Add(long call)
    {
        _calls.Add(call);
        _isPlaced.Add(false);
        Open++;
        return _calls.Count - 1;
    }

    /// <summary>The operation at a position is placed.</summary>
    public void Place(int position)
    {
        _isPlaced[position] = true;
        Open--;
        while (_first < _calls.Count && _isPlaced[_first])
        {
            _first++;
        }
    }

    /// <summary>The operation at a position is taken back.</summary>
    public void TakeBack(int position)
    {
        _isPlaced[position] = false;
        Open++;
        _first = Math.Min(_first, position);
    }
}
