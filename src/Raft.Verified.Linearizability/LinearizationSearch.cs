namespace Raft.Verified.Linearizability;

/// <summary>
/// A depth-first search for an order of operations that respects real time and explains every answer (Wing and Gong,
/// "Testing and Verifying Concurrent Objects", 1993). It visits each configuration, a set of placed operations with a
/// state, only once (Lowe, "Testing for Linearizability", 2017).
/// </summary>
internal sealed class LinearizationSearch<TState, TCommand, TAnswer>
    where TState : notnull
{
    private const int StatesBetweenChecks = 1024;

    private readonly SequentialModel<TState, TCommand, TAnswer> _model;
    private readonly MemoryBudget? _memory;
    private readonly IReadOnlyList<HistoryOperation<TCommand, TAnswer>> _operations;
    private readonly EventList _events;
    private readonly int[] _numbers;
    private readonly int _answered;
    private readonly PlacedOperations _placed;
    private readonly ConfigurationSet _seen;
    private readonly ulong[] _record;

    private readonly Dictionary<TState, int> _numberOfState = [];
    private readonly List<TState> _states = [];

    private readonly Observations<TState, TCommand, TAnswer>? _observations;
    private readonly int _unseen = -1;
    private Twins? _twins;
    private int _twinsFrom; // The number of remembered configurations at which the search begins to look for twins.

    private readonly List<Placement> _order = [];
    private int _state;
    private int _answeredPlaced;
    private int _place;
    private bool _triesUnanswered;
    private bool _hasEnded;
    private int _statesToCheck = StatesBetweenChecks;

    private int _mostAnsweredPlaced = -1;

    /// <summary>Creates a search in one part of a history.</summary>
    /// <param name="model">The model that the answers must match.</param>
    /// <param name="operations">The operations of the part.</param>
    /// <param name="usesRules">
    /// True to shorten the search by the rules of the model. False to get further before it fails, for a better
    /// explanation.
    /// </param>
    /// <param name="memory">The budget from which the memory is taken; null for no bound.</param>
    public LinearizationSearch(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations, bool usesRules = true,
        MemoryBudget? memory = null)
    {
        _model = model;
        _memory = memory;
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
        _seen = new ConfigurationSet(_record.Length, memory);
        _state = NumberOf(model.Initial);
        _observations = usesRules ? Observations<TState, TCommand, TAnswer>.Of(model, operations) : null;
        if (_observations is not null && model.Rules!.Unseen is { } unseen)
        {
            _unseen = NumberOf(unseen.State);
        }

        // An easy search ends before looking for twins would pay off.
        _twinsFrom = _observations is null ? operations.Count : 0;

        _place = _events.First;
    }

    /// <summary>
    /// The operation whose answer no other operation can explain, which ended the search at once; null when there is
    /// none.
    /// </summary>
    public HistoryOperation<TCommand, TAnswer>? Unexplained { get; set; }

    /// <summary>The number of remembered configurations.</summary>
    public int Configurations => _seen.Count;

    /// <summary>The largest number of answered operations in any order so far.</summary>
    public int MostPlaced => Math.Max(_mostAnsweredPlaced, _answeredPlaced);

    /// <summary>The number of answered operations in the part.</summary>
    public int Answered => _answered;

    /// <summary>True when the search gave up for lack of memory.</summary>
    public bool IsOutOfMemory { get; private set; }

    /// <summary>The order with the most answered operations. Empty when the search has succeeded.</summary>
    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> LongestOrder { get; private set; } = [];

    /// <summary>
    /// The operations that may come next after <see cref="LongestOrder"/>, in the order of their calls. None of them
    /// led further.
    /// </summary>
    public IReadOnlyList<HistoryOperation<TCommand, TAnswer>> NextAfterLongest { get; private set; } = [];

    /// <summary>The state after <see cref="LongestOrder"/>.</summary>
    public TState StateAfterLongest { get; private set; } = default!;

    /// <summary>
    /// Searches until an order is found, all orders are ruled out, or a bound is reached. A further call with a larger
    /// bound continues the search.
    /// </summary>
    /// <param name="maxConfigurations">The maximum number of configurations to remember; at least 1.</param>
    /// <param name="stop">The token that ends the search early, by an exception.</param>
    public LinearizabilityVerdict Run(int maxConfigurations, CancellationToken stop = default)
    {
        if (_hasEnded || _order.Count == 0 && (Unexplained = _observations?.Unexplained(_model.Initial)) is not null)
        {
            _hasEnded = true;
            return LinearizabilityVerdict.NotLinearizable;
        }

        while (_answeredPlaced < _answered)
        {
            if (_events.IsCall(_place))
            {
                if (_seen.Count >= maxConfigurations || !HasRoom())
                {
                    return LinearizabilityVerdict.Unknown;
                }

                if (_seen.Count >= _twinsFrom)
                {
                    FindTwins();
                }

                _place = IsAnswered(_events.OperationAt(_place)) == _triesUnanswered ? _events.After(_place) : TryToPlace(_place);
                if ((_seen.Count & 0xFFF) == 0)
                {
                    stop.ThrowIfCancellationRequested();
                }
            }
            else if (!_triesUnanswered)
            {
                // Answered operations are tried first, because all of them must be placed and the others need not be.
                (_triesUnanswered, _place) = (true, _events.First);
            }
            else
            {
                // The operation that returns here must come next at the latest, and nothing that may come next fits.
                NoteDeadEnd();
                if (!TakeBack(out int call))
                {
                    _hasEnded = true;
                    return LinearizabilityVerdict.NotLinearizable;
                }

                _triesUnanswered = !IsAnswered(_events.OperationAt(call));
                _place = _events.After(call);
            }
        }

        return LinearizabilityVerdict.Linearizable;
    }

    /// <summary>Returns the memory to the budget. The search must not be continued.</summary>
    public void Release()
    {
        _seen.Release();
        _numberOfState.Clear();
        _states.Clear();
    }

    private bool HasRoom()
    {
        if (_states.Count >= _statesToCheck)
        {
            _statesToCheck = _states.Count + StatesBetweenChecks;
            IsOutOfMemory = _memory?.IsUsedUp() == true;
        }

        IsOutOfMemory |= !_seen.HasRoom();
        return !IsOutOfMemory;
    }

    private void FindTwins()
    {
        _twinsFrom = int.MaxValue;
        _twins = Twins.Of(_operations, operation => _observations?.IsUseless(operation) == true);
        foreach (Placement placed in _order)
        {
            _twins?.Place(_events.OperationAt(placed.Call));
        }
    }

    private bool IsAnswered(int operation) => _operations[operation].Return is not null;

    // Returns the position to continue from: the first event when the operation was placed, otherwise the next one.
    private int TryToPlace(int call)
    {
        int index = _events.OperationAt(call);
        HistoryOperation<TCommand, TAnswer> operation = _operations[index];
        bool answered = IsAnswered(index);
        if (_twins?.HasBetter(index) == true)
        {
            return _events.After(call);
        }

        (TState after, TAnswer answer) = _model.Step(_states[_state], operation.Command);
        if (answered && !_model.Accepts(operation.Answer!, answer))
        {
            return _events.After(call);
        }

        int state = NumberOf(after);
        if (!answered && state == _state)
        {
            // The operation changes nothing and has no answer, so leaving it out is equivalent.
            return _events.After(call);
        }

        // If a read can be linearized next, the search takes it and tries no alternative: moving it earlier never
        // invalidates an order. In an unseen state, the same holds for an operation that leads from any state to an
        // unseen one.
        bool hasAlternatives = !_model.IsReadOnly(operation.Command) && !(_state == _unseen && answered && _observations!.IsUseless(index));
        Flip(index, answered, isPlaced: true);
        if (_observations is not null)
        {
            if (!_observations.CanGoOn(state, after, index, _unseen, out bool isSeen))
            {
                Flip(index, answered, isPlaced: false);
                return _events.After(call);
            }

            state = isSeen || _unseen < 0 ? state : _unseen;
            if (!answered && state == _unseen)
            {
                // No answer needs the operation: nothing shows whether it took effect before another command replaces
                // the state.
                Flip(index, answered, isPlaced: false);
                return _events.After(call);
            }
        }

        _placed.Write(state, _record);
        if (!_seen.Add(_record))
        {
            Flip(index, answered, isPlaced: false);
            if (hasAlternatives)
            {
                return _events.After(call);
            }

            // The operation would have been the only choice, and the search has ruled out this configuration before.
            _triesUnanswered = true;
            return EventList.End;
        }

        _order.Add(new Placement(call, _state, hasAlternatives));
        _state = state;
        _answeredPlaced += answered ? 1 : 0;
        _events.Lift(call);
        _triesUnanswered = false;
        return _events.First;
    }

    private void Flip(int operation, bool isAnswered, bool isPlaced)
    {
        _placed.Flip(_numbers[operation], isAnswered);
        if (isPlaced)
        {
            _twins?.Place(operation);
            _observations?.Place(operation);
        }
        else
        {
            _twins?.TakeBack(operation);
            _observations?.TakeBack(operation);
        }
    }

    // Takes back the last placed operation that has alternatives, and all operations after it; returns false when there
    // is none.
    private bool TakeBack(out int call)
    {
        while (_order.Count > 0)
        {
            (call, _state, bool hasAlternatives) = _order[^1];
            _order.RemoveAt(_order.Count - 1);
            int index = _events.OperationAt(call);
            bool answered = IsAnswered(index);
            Flip(index, answered, isPlaced: false);
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

    /// <summary>
    /// Records the current order as a dead end, in case the search gave up there and the order is the longest.
    /// </summary>
    public void NoteEnd() => NoteDeadEnd();

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

    // The position of a placed call, the state before it, and whether other operations can take its place.
    private readonly record struct Placement(int Call, int StateBefore, bool HasAlternatives);
}
