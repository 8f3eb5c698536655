namespace Raft.Verified.Linearizability;

/// <summary>
/// Which operations the search has placed, as bits, written together with a state as one short record. Answered operations are numbered in the
/// order of their calls: from the first one that is not placed, none can be placed that was called after its return. So whole words in front
/// are full, words behind a window as wide as the history is concurrent are empty, and only the window is written.
/// Operations without an answer may be left out for ever, and have bits of their own.
/// </summary>
internal sealed class PlacedOperations
{
    private const int WordBits = 64;

    private readonly ulong[] _answered;
    private readonly ulong[] _unanswered;
    private readonly int _window;
    private int _firstNotFull;

    /// <summary>No operation placed.</summary>
    /// <param name="answered">Calls and returns of the answered operations, in the order of their calls.</param>
    /// <param name="unanswered">How many others there are.</param>
    public PlacedOperations(IReadOnlyList<(long Call, long Return)> answered, int unanswered)
    {
        _answered = new ulong[Words(answered.Count)];
        _unanswered = new ulong[Words(unanswered)];
        _window = WidestWindow(answered);
    }

    /// <summary>How many words a record has.</summary>
    public int RecordWidth => 1 + _window + _unanswered.Length;

    /// <summary>Places an operation, or takes it back.</summary>
    /// <param name="number">Its number among the answered, or among the unanswered, operations.</param>
    /// <param name="isAnswered">Which of the two.</param>
    public void Flip(int number, bool isAnswered)
    {
        int word = number / WordBits;
        (isAnswered ? _answered : _unanswered)[word] ^= 1UL << (number % WordBits);
        if (!isAnswered)
        {
            return;
        }

        _firstNotFull = Math.Min(_firstNotFull, word);
        while (_firstNotFull < _answered.Length && _answered[_firstNotFull] == ulong.MaxValue)
        {
            _firstNotFull++;
        }
    }

    /// <summary>Writes what is placed, and the state it led to.</summary>
    public void Write(int state, Span<ulong> record)
    {
        record.Clear();
        record[0] = ((ulong)(uint)_firstNotFull << 32) | (uint)state;
        _answered.AsSpan(_firstNotFull, Math.Min(_window, _answered.Length - _firstNotFull)).CopyTo(record[1..]);
        _unanswered.CopyTo(record[(1 + _window)..]);
    }

    private static int Words(int bits) => (bits + WordBits - 1) / WordBits;

    private static int WidestWindow(IReadOnlyList<(long Call, long Return)> answered)
    {
        int widest = 0;
        int last = 0;
        long latestReturn = long.MinValue;
        for (int i = 0; i < answered.Count; i++)
        {
            // The latest return so far is at least this operation's own, so that the window is never too narrow.
            latestReturn = Math.Max(latestReturn, answered[i].Return);
            while (last + 1 < answered.Count && answered[last + 1].Call <= latestReturn)
            {
                last++;
            }

            last = Math.Max(last, i);
            widest = Math.Max(widest, (last / WordBits) - (i / WordBits) + 1);
        }

        return widest;
    }
}
