namespace Raft.Verified.Linearizability;

/// <summary>
/// Calls and returns in the order of time, as a doubly linked list from which an operation can be lifted and put back (Wing and Gong). What stands
/// before the first return may come next; an operation without an answer has no return, so that nothing waits for it.
/// </summary>
internal sealed class EventList
{
    /// <summary>The list's end, behind the last event.</summary>
    public const int End = 0;

    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly int[] _operation;
    private readonly int[] _return;

    /// <summary>The list of all events of a history.</summary>
    /// <param name="operations">Calls and returns of its operations; without an answer, the return is null.</param>
    public EventList(IReadOnlyList<(long Call, long? Return)> operations)
    {
        // At equal times calls stand before returns: such operations overlap.
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

    /// <summary>The first event that has not been lifted.</summary>
    public int First => _next[End];

    /// <summary>The event behind this one, also when this one was lifted last.</summary>
    public int After(int place) => _next[place];

    /// <summary>The operation that an event belongs to.</summary>
    public int OperationAt(int place) => _operation[place];

    /// <summary>Whether an event is a call.</summary>
    public bool IsCall(int place) => place != End && _return[place] != place;

    /// <summary>Takes an operation out.</summary>
    /// <param name="call">The place of its call.</param>
    public void Lift(int call)
    {
        Unlink(call);
        if (_return[call] is int answer and not End)
        {
            Unlink(answer);
        }
    }

    /// <summary>Puts the operation back that was lifted last.</summary>
    /// <param name="call">The place of its call.</param>
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
