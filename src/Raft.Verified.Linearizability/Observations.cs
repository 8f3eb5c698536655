namespace Raft.Verified.Linearizability;

/// <summary>
/// The answers that a search has yet to explain, by the <see cref="AnswerRules{TState, TCommand, TAnswer}"/> of the
/// model.
/// <list type="bullet">
/// <item>
/// Each such answer must be shown by the current state, or by an operation that is still to be placed. Otherwise the
/// search is at a dead end.
/// </item>
/// <item>States that no such answer can show are equivalent.</item>
/// </list>
/// </summary>
internal sealed class Observations<TState, TCommand, TAnswer>
    where TState : notnull
{
    private const int WordBits = 64;

    // The maximum number of pairs of an observer and another operation. Examining more takes longer than it saves.
    private const long MaxPairs = 50_000_000;

    private readonly AnswerRules<TState, TCommand, TAnswer> _rules;
    private readonly IReadOnlyList<HistoryOperation<TCommand, TAnswer>> _operations;
    private readonly HistoryOperation<TCommand, TAnswer>[] _observers;
    private readonly int[] _observerOf; // By operation: its number among the observers, or -1.
    private readonly int[][] _brings; // By operation: the observers whose answers it may bring.
    private readonly int[] _bringersLeft; // By observer: the number of operations that may bring its answer and are not placed.
    private readonly ulong[] _unplaced;
    private readonly ulong[] _unbrought; // The observers whose answers no unplaced operation may bring.
    private readonly List<ulong[]?> _shown = []; // By state: the observers whose answers may show it.
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

    /// <summary>
    /// Creates the observations of a part; returns null when its model has no rules or the part is too large for them.
    /// </summary>
    /// <param name="model">The model of the object.</param>
    /// <param name="operations">The operations of the part.</param>
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

    /// <summary>
    /// Returns an operation whose answer neither the initial state nor any operation called before its return can
    /// explain; null when there is none.
    /// </summary>
    /// <param name="initial">The initial state.</param>
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

    /// <summary>
    /// Returns true for an operation that leads from any state to an unseen one. Without an answer it is never needed.
    /// </summary>
    /// <param name="operation">The index of the operation.</param>
    public bool IsUseless(int operation) => _isUseless[operation];

    /// <summary>Records that an operation is placed.</summary>
    /// <param name="operation">The index of the operation.</param>
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

    /// <summary>Records that the operation placed last is taken back.</summary>
    /// <param name="operation">The index of the operation.</param>
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

    /// <summary>Returns true when every later answer can still be explained from a state.</summary>
    /// <param name="number">The number of the state, from 0.</param>
    /// <param name="state">The state to judge.</param>
    /// <param name="placed">The index of the operation that was placed last.</param>
    /// <param name="unseen">The number of the state that represents all unseen states.</param>
    /// <param name="isSeen">True when a later answer may show the state.</param>
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

    /// <summary>
    /// Returns an operation whose later answer nothing can explain any more from a state; null when there is none.
    /// </summary>
    /// <param name="number">The number of the state, from 0.</param>
    /// <param name="state">The state to judge.</param>
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
            // An operation that is called after the return of an answer cannot have brought it.
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
