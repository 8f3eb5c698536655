namespace Raft.Verified.Linearizability;

/// <summary>
/// Which answers are still to be explained while a search goes on, by the model's <see cref="AnswerRules{TState, TCommand, TAnswer}"/>. Two things follow. An
/// answer must be shown by the present state, or an operation that may bring it must still be to come: otherwise this way leads nowhere. And
/// states that show in no answer to come are alike, in whatever they differ.
/// </summary>
internal sealed class Observations<TState, TCommand, TAnswer>
    where TState : notnull
{
    private const int WordBits = 64;

    // More pairs than this take longer to look at than they save.
    private const long MaxPairs = 50_000_000;

    private readonly AnswerRules<TState, TCommand, TAnswer> _rules;
    private readonly IReadOnlyList<HistoryOperation<TCommand, TAnswer>> _operations;
    private readonly HistoryOperation<TCommand, TAnswer>[] _observers;
    private readonly int[] _observerOf; // Of an operation: its number among the observers; -1 for none.
    private readonly int[][] _brings; // Of an operation: the observers whose answers it may bring.
    private readonly int[] _bringersLeft; // Of an observer: how many of those are not placed.
    private readonly ulong[] _unplaced;
    private readonly ulong[] _unbrought; // Observers whose answers nothing to come may bring.
    private readonly List<ulong[]?> _shown = []; // Of a state: the observers that may see it.
    private readonly TextDemand? _demand;
    private readonly bool[] _isUseless;

    private Observations(SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations)
    {
        AnswerRules<TState, TCommand, TAnswer> rules = model.Rules!;
        _rules = rules;
        _operations = operations;
        _demand = TextDemand.Of(model, operations);
        _observerOf = new int[operations.Count];
        Array.Fill(_observerOf, -1);
        List<HistoryOperation<TCommand, TAnswer>> observers = [];
        for (int i = 0; i < operations.Count; i++)
        {
            if (operations[i].Return is not null && rules.IsObserver(operations[i].Command))
            {
                _observerOf[i] = observers.Count;
                observers.Add(operations[i]);
            }
        }

        _observers = [.. observers];
        int words = (_observers.Length + WordBits - 1) / WordBits;
        (_unplaced, _unbrought) = (new ulong[words], new ulong[words]);
        _bringersLeft = new int[_observers.Length];
        _brings = [.. operations.Select(operation => rules.IsObserver(operation.Command) ? [] : BroughtBy(operation))];
        for (int observer = 0; observer < _observers.Length; observer++)
        {
            Set(_unplaced, observer);
            if (_bringersLeft[observer] == 0)
            {
                Set(_unbrought, observer);
            }
        }

        _isUseless = [.. operations.Select((operation, i) => rules.Unseen is not null && _observerOf[i] < 0 && IsUseless(operation, i))];
    }

    /// <summary>The observations of a part; null when its model has no rules, or looking at them would take too long.</summary>
    public static Observations<TState, TCommand, TAnswer>? Of(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations)
    {
        if (model.Rules is not { } rules)
        {
            return null;
        }

        long observers = operations.Count(operation => rules.IsObserver(operation.Command));
        return observers == 0 || observers * (operations.Count - observers) > MaxPairs ? null : new Observations<TState, TCommand, TAnswer>(model, operations);
    }

    /// <summary>An answer that neither the first state nor any operation that was called before its return can explain; null when there is none.</summary>
    public HistoryOperation<TCommand, TAnswer>? Unexplained(TState initial)
    {
        for (int observer = 0; observer < _observers.Length; observer++)
        {
            if (_bringersLeft[observer] == 0 && !_rules.MayShow(initial, _observers[observer].Answer!))
            {
                return _observers[observer];
            }
        }

        return _demand?.Unmade(0, _rules.Texts!.Of(initial)) is >= 0 and int unmade ? _operations[unmade] : null;
    }

    /// <summary>Whether an operation leads to an unseen state from every state, and so is never needed where it has no answer.</summary>
    public bool IsUseless(int operation) => _isUseless[operation];

    /// <summary>An operation is placed.</summary>
    public void Place(int operation)
    {
        _demand?.Place(operation);
        if (_observerOf[operation] is var observer and >= 0)
        {
            Clear(_unplaced, observer);
        }

        foreach (int brought in _brings[operation])
        {
            if (--_bringersLeft[brought] == 0)
            {
                Set(_unbrought, brought);
            }
        }
    }

    /// <summary>The operation that was placed last is taken back.</summary>
    public void TakeBack(int operation)
    {
        _demand?.TakeBack(operation);
        if (_observerOf[operation] is var observer and >= 0)
        {
            Set(_unplaced, observer);
        }

        foreach (int brought in _brings[operation])
        {
            if (_bringersLeft[brought]++ == 0)
            {
                Clear(_unbrought, brought);
            }
        }
    }

    /// <summary>Whether every answer to come can still be explained when this is the state.</summary>
    /// <param name="number">The state's number, counted from 0.</param>
    /// <param name="state">The state.</param>
    /// <param name="placed">The operation that was placed last.</param>
    /// <param name="unseen">The number of the state that stands for all that are not seen.</param>
    /// <param name="isSeen">Whether any answer to come may show the state.</param>
    public bool CanGoOn(int number, TState state, int placed, int unseen, out bool isSeen)
    {
        ulong[] shown = ShownBy(number, state);
        isSeen = false;
        for (int word = 0; word < _unplaced.Length; word++)
        {
            ulong unplaced = _unplaced[word];
            isSeen |= (unplaced & shown[word]) != 0;
            if ((unplaced & _unbrought[word] & ~shown[word]) != 0)
            {
                return false;
            }
        }

        return _demand is null || _observerOf[placed] >= 0 || _demand.Unmade(isSeen ? number : unseen, isSeen ? _rules.Texts!.Of(state) : null) < 0;
    }

    /// <summary>An answer to come that nothing explains any more when this is the state; null when there is none.</summary>
    /// <param name="number">The state's number, counted from 0.</param>
    /// <param name="state">The state.</param>
    public HistoryOperation<TCommand, TAnswer>? Lost(int number, TState state)
    {
        ulong[] shown = ShownBy(number, state);
        for (int observer = 0; observer < _observers.Length; observer++)
        {
            ulong bit = 1UL << (observer % WordBits);
            if ((_unplaced[observer / WordBits] & _unbrought[observer / WordBits] & ~shown[observer / WordBits] & bit) != 0)
            {
                return _observers[observer];
            }
        }

        return _demand?.Unmade(number, _rules.Texts!.Of(state)) is >= 0 and int unmade ? _operations[unmade] : null;
    }

    private bool IsUseless(HistoryOperation<TCommand, TAnswer> operation, int index) =>
        (_rules.Replaces(operation.Command) && _brings[index].Length == 0) || _demand?.IsUseless(index) == true;

    private int[] BroughtBy(HistoryOperation<TCommand, TAnswer> operation)
    {
        List<int> brought = [];
        for (int observer = 0; observer < _observers.Length; observer++)
        {
            // What is called behind the return of an answer cannot have brought it.
            if (operation.Call <= _observers[observer].Return!.Value && _rules.MayBring(operation.Command, _observers[observer].Answer!))
            {
                brought.Add(observer);
                _bringersLeft[observer]++;
            }
        }

        return [.. brought];
    }

    private ulong[] ShownBy(int number, TState state)
    {
        while (_shown.Count <= number)
        {
            _shown.Add(null);
        }

        if (_shown[number] is { } known)
        {
            return known;
        }

        ulong[] shown = new ulong[_unplaced.Length];
        for (int observer = 0; observer < _observers.Length; observer++)
        {
            if (_rules.MayShow(state, _observers[observer].Answer!))
            {
                Set(shown, observer);
            }
        }

        return _shown[number] = shown;
    }

    private static void Set(ulong[] bits, int bit) => bits[bit / WordBits] |= 1UL << (bit % WordBits);

    private static void Clear(ulong[] bits, int bit) => bits[bit / WordBits] &= ~(1UL << (bit % WordBits));
}
