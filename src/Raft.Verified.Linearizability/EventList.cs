namespace Raft.Verified.Linearizability;

/// <summary>
/// A doubly linked list of calls and returns in the order of time, from which operations can be removed and put back
/// (Wing and Gong). The calls before the first return may come next. An unanswered operation has no return in the list,
/// so no other operation waits for it.
/// </summary>
internal sealed class EventList
{
    /// <summary>The position after the last event.</summary>
    public const int End = 0;

    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _operation;
    private readonly int[] _return;

    /// <summary>Creates the list of all events of a history.</summary>
    /// <param name="operations">The times of call and return per operation; a null return means unanswered.</param>
    public EventList(IReadOnlyList<(long Call, long? Return)> operations)
    {
        // At equal times calls come before returns, because such operations overlap.
        (long Time, bool IsReturn, int Operation)[] events =
        [
            .. Enumerable.Range(0, operations.Count).Select(i => (operations[i].Call, false, i))
                .Concat(Enumerable.Range(0, operations.Count).Where(i => operations[i].Return is not null).Select(i => (operations[i].Return!.Value, true, i)))
                .Order(),
        ];
        _next = new int[events.Length + 1];
        _previous = new int[events.Length + 1];
        _operation = new int[events.Length + 1];
        _return = new int[events.Length + 1];
        int[] calls = new int[operations.Count];
        for (int place = 1; place <= events.Length; place++)
        {
            (_, bool isReturn, int operation) = events[place - 1];
            _operation[place] = operation;
            _previous[place] = place - 1;
            _next[place - 1] = place;
            if (isReturn)
            {
                _return[calls[operation]] = place;
                _return[place] = place;
            }
            else
            {
                calls[operation] = place;
            }
        }

        _previous[End] = events.Length;
    }

    /// <summary>The position of the first event in the list; <see cref="End"/> when the list is empty.</summary>
    public int First => _next[End];

    /// <summary>Returns the position of the next event. The given event may be the one that was removed last.</summary>
    /// <param name="place">The position of an event.</param>
    public int After(int place) => _next[place];

    /// <summary>Returns the index of the operation of an event.</summary>
    /// <param name="place">The position of the event.</param>
    public int OperationAt(int place) => _operation[place];

    /// <summary>Returns true for a call; false for a return and for <see cref="End"/>.</summary>
    /// <param name="place">The position of the event.</param>
    public bool IsCall(int place) => place != End && _return[place] != place;

    /// <summary>Removes an operation: its call and its return.</summary>
    /// <param name="call">The position of the call.</param>
    public void Lift(int call)
    {
        Unlink(call);
        if (_return[call] is int answer and not End)
        {
            Unlink(answer);
        }
    }

    /// <summary>Puts back the operation that was removed last.</summary>
    /// <param name="call">The position of the call.</param>
    public void PutBack(int call)
    {
        if (_return[call] is int answer and not End)
        {
            Link(answer);
        }

        Link(call);
    }

    private void Unlink(int place)
    {
        _next[_previous[place]] = _next[place];
        _previous[_next[place]] = _previous[place];
    }

    private void Link(int place)
    {
        _next[_previous[place]] = place;
        _previous[_next[place]] = place;
    }
}
