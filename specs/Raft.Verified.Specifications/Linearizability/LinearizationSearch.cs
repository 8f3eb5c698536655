namespace Raft.Verified.Specifications.Linearizability;

/// <summary>
/// Looks for an order of operations that respects real time and explains every answer: depth first, an operation that may come next at a time (Wing
/// and Gong, "Testing and Verifying Concurrent Objects", 1993), never going on twice from the same set of placed operations and the same state (Lowe,
/// "Testing for Linearizability", 2017).
/// </summary>
internal sealed class LinearizationSearch<TState, TCommand, TAnswer>
    where TState : notnull
{
    private readonly SequentialModel<TState, TCommand, TAnswer> _model;
    private readonly IReadOnlyList<HistoryOperation<TCommand, TAnswer>> _operations;
    private readonly EventList _events;
    private readonly int[] _numbers;
    private readonly int _answered;
    private readonly PlacedOperations _placed;
    private readonly ConfigurationSet _seen;
    private readonly ulong[] _record;

    private readonly Dictionary<TState, int> _numberOfState = [];
    private readonly List<TState> _states = [];

    private readonly List<Placement> _order = [];
    private int _state;
    private int _answeredPlaced;

    private int _mostAnsweredPlaced = -1;

    /// <summary>A search in one part of a history.</summary>
    /// <param name="model">The yardstick.</param>
    /// <param name="operations">The part's operations.</param>
    public LinearizationSearch(SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations)
    {
        _model = model;
        _operations = operations;
        _events = new EventList([.. operations.Select(operation => (operation.Call, operation.Return))]);
        int[] byCall = [.. Enumerable.Range(0, operations.Count).OrderBy(i => operations[i].Call)];
        int[] answered = [.. byCall.Where(IsAnswered)];
        int[] unanswered = [.. byCall.Where(i => !IsAnswered(i))];
        _numbers = new int[operations.Count];
        foreach (int[] numbered in (int[][])[answered, unanswered])
        {
            for (int number = 0; number < numbered.Length; number++)
            {
                _numbers[numbered[number]] = number;
            }
        }

        _answered = answered.Length;
        _placed = new PlacedOperations([.. answered.Select(i => (operations[i].Call, operations[i].Return!.Value))], unanswered.Length);
        _record = new ulong[_placed.RecordWidth];
        _seen = new ConfigurationSet(_record.Length);
        _state = NumberOf(model.Initial);
    }

    /// <summary>The longest order found: the one with the most answered operations. Empty when the search has succeeded.</summary>
    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> LongestOrder { get; private set; } = [];

    /// <summary>What may come next behind <see cref="LongestOrder"/>, in the order of the calls; it is where the search found no way on.</summary>
    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> NextAfterLongest { get; private set; } = [];

    /// <summary>The state behind <see cref="LongestOrder"/>.</summary>
    public TState StateAfterLongest { get; private set; } = default!;

    /// <summary>Searches until an order is found, or there is none, or the bound is reached.</summary>
    /// <param name="maxConfigurations">How many pairs of a set of placed operations and a state to remember at most.</param>
    public LinearizabilityVerdict Run(int maxConfigurations)
    {
        int place = _events.First;
        while (_answeredPlaced < _answered)
        {
            if (_events.IsCall(place))
            {
                place = TryToPlace(place);
                if (_seen.Count > maxConfigurations)
                {
                    return LinearizabilityVerdict.Unknown;
                }

                continue;
            }

            // The operation that returns here had to come before, and did not fit.
            NoteDeadEnd();
            if (!TakeBack(out int call))
            {
                return LinearizabilityVerdict.NotLinearizable;
            }

            place = _events.After(call);
        }

        return LinearizabilityVerdict.Linearizable;
    }

    private bool IsAnswered(int operation) => _operations[operation].Return is not null;

    // Gives the place to go on from: the first event when the operation was placed, the next one when not.
    private int TryToPlace(int call)
    {
        int index = _events.OperationAt(call);
        HistoryOperation<TCommand, TAnswer> operation = _operations[index];
        bool answered = IsAnswered(index);
        (TState after, TAnswer answer) = _model.Step(_states[_state], operation.Command);
        if (answered && !_model.Accepts(operation.Answer!, answer))
        {
            return _events.After(call);
        }

        int state = NumberOf(after);
        if (!answered && state == _state)
        {
            // It changes nothing and nobody has seen it: leaving it out is as good.
            return _events.After(call);
        }

        _placed.Flip(_numbers[index], answered);
        _placed.Write(state, _record);
        if (!_seen.Add(_record))
        {
            _placed.Flip(_numbers[index], answered);
            return _events.After(call);
        }

        // Where a read fits, any order that has it later remains one with the read moved here: nothing else needs to be tried in its place.
        _order.Add(new Placement(call, _state, HasAlternatives: !_model.IsReadOnly(operation.Command)));
        _state = state;
        _answeredPlaced += answered ? 1 : 0;
        _events.Lift(call);
        return _events.First;
    }

    // Takes back what was placed last, and before it what has no alternative; false when nothing is left to be tried.
    private bool TakeBack(out int call)
    {
        while (_order.Count > 0)
        {
            (call, _state, bool hasAlternatives) = _order[^1];
            _order.RemoveAt(_order.Count - 1);
            int index = _events.OperationAt(call);
            bool answered = IsAnswered(index);
            _placed.Flip(_numbers[index], answered);
            _answeredPlaced -= answered ? 1 : 0;
            _events.PutBack(call);
            if (hasAlternatives)
            {
                return true;
            }
        }

        call = EventList.End;
        return false;
    }

    private void NoteDeadEnd()
    {
        if (_answeredPlaced <= _mostAnsweredPlaced)
        {
            return;
        }

        _mostAnsweredPlaced = _answeredPlaced;
        LongestOrder = [.. _order.Select(placed => _operations[_events.OperationAt(placed.Call)])];
        StateAfterLongest = _states[_state];
        List<HistoryOperation<TCommand, TAnswer>> next = [];
        for (int place = _events.First; _events.IsCall(place); place = _events.After(place))
        {
            next.Add(_operations[_events.OperationAt(place)]);
        }

        NextAfterLongest = next;
    }

    private int NumberOf(TState state)
    {
        if (!_numberOfState.TryGetValue(state, out int number))
        {
            number = _states.Count;
            _numberOfState.Add(state, number);
            _states.Add(state);
        }

        return number;
    }

    // A call that is placed, and the state before it.
    private readonly record struct Placement(int Call, int StateBefore, bool HasAlternatives);
}
