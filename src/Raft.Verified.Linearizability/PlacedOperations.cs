namespace Raft.Verified.Linearizability;

/// <summary>
/// The set of operations that the search has placed, as bits. It can be written together with a state as one short
/// record. Answered operations are numbered in the order of their calls. No operation can be placed that was called
/// after the return of the first unplaced one. So the words before a window are full, those after it are empty, and
/// only the window is written; its width is the concurrency of the history. Unanswered operations have separate bits,
/// because they may never be placed.
/// </summary>
internal sealed class PlacedOperations
{
    private const int WordBits = 64;

    private readonly ulong[] _answered;
    private readonly ulong[] _unanswered;
    private readonly int _window;
    private int _firstNotFull;

    /// <summary>Creates the set without a placed operation.</summary>
    /// <param name="answered">
    /// The times of call and return of the answered operations, in the order of their calls.
    /// </param>
    /// <param name="unanswered">The number of unanswered operations.</param>
    public PlacedOperations(IReadOnlyList<(long Call, long Return)> answered, int unanswered)
    {
        _answered = new ulong[Words(answered.Count)];
        _unanswered = new ulong[Words(unanswered)];
        _window = WidestWindow(answered);
    }

    /// <summary>The length of a record, in 64-bit words.</summary>
    public int RecordWidth => 1 + _window + _unanswered.Length;

    /// <summary>Places an operation, or takes it back.</summary>
    /// <param name="number">The number of the operation among the answered or the unanswered ones, from 0.</param>
    /// <param name="isAnswered">True for an answered operation, false for an unanswered one.</param>
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

    /// <summary>Writes the placed operations and the state after them into a record.</summary>
    /// <param name="state">The number of the state, from 0.</param>
    /// <param name="record">The record, of length <see cref="RecordWidth"/>.</param>
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
            // The latest return so far is at least the return of this operation, so the window is never too narrow.
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
