namespace Raft.Verified.Linearizability;

/// <summary>
/// The test whether the unplaced operations can produce the texts that are still to be answered.
/// <list type="bullet">
/// <item>
/// All appends between such a text and its root in the forest are needed. They must be unplaced, unless the current
/// text is on the path.
/// </item>
/// <item>Each edge of the forest needs its own append, because an operation takes effect only once.</item>
/// <item>A root must begin with the current text, or with a text that an unplaced replacement brings.</item>
/// </list>
/// </summary>
internal sealed class TextDemand
{
    private readonly TextForest _forest;
    private readonly List<OpenClass> _classes = []; // The classes of appends, numbered as in the forest.
    private readonly List<(string Text, OpenClass Class)> _replacements = [];
    private readonly Dictionary<int, OpenClass[]> _startsOf = []; // By root: the replacements with which it may begin.
    private readonly (OpenClass? Class, int Position)[] _placeOf;
    private readonly (long Return, int Node, int Operation)[] _shown; // In the order of their returns.
    private readonly bool[] _isPlaced;
    private readonly int[] _appendClassOf;
    private readonly List<(string? Text, int Node)?> _states = [];
    private readonly int[] _visited;
    private readonly int[] _visitedClass;
    private readonly int[] _needed;
    private int _visit;
    private int _firstOpen;

    private TextDemand(string initial, (string? Shown, string? Appended, string? Replaced, long Call, long? Return)[] operations)
    {
        _placeOf = new (OpenClass?, int)[operations.Length];
        _isPlaced = new bool[operations.Length];
        _appendClassOf = new int[operations.Length];
        Array.Fill(_appendClassOf, TextForest.None);
        Dictionary<string, int> appends = [];
        Dictionary<string, OpenClass> replacements = [];
        foreach (int i in Enumerable.Range(0, operations.Length).OrderBy(i => operations[i].Call))
        {
            if (operations[i].Appended is { Length: > 0 } appended)
            {
                if (!appends.TryGetValue(appended, out int number))
                {
                    appends.Add(appended, number = appends.Count);
                    _classes.Add(new OpenClass());
                }

                _appendClassOf[i] = number;
                _placeOf[i] = (_classes[number], _classes[number].Add(operations[i].Call));
            }
            else if (operations[i].Replaced is { } replaced)
            {
                if (!replacements.TryGetValue(replaced, out OpenClass? known))
                {
                    replacements.Add(replaced, known = new OpenClass());
                    _replacements.Add((replaced, known));
                }

                _placeOf[i] = (known, known.Add(operations[i].Call));
            }
        }

        _forest = new TextForest(
            [.. operations.Select(operation => operation.Shown).OfType<string>().Distinct().Order(StringComparer.Ordinal)], [initial, .. replacements.Keys], appends);
        _shown =
        [
            .. Enumerable.Range(0, operations.Length).Where(i => operations[i].Shown is not null)
                .Select(i => (operations[i].Return!.Value, _forest.NodeOf(operations[i].Shown!), i)).Order(),
        ];
        _visited = new int[_forest.Count];
        _visitedClass = new int[_classes.Count];
        _needed = new int[_classes.Count];
    }

    /// <summary>Creates the demand of a part; returns null when its model has no text rules.</summary>
    /// <param name="model">The model of the object.</param>
    /// <param name="operations">The operations of the part.</param>
    public static TextDemand? Of<TState, TCommand, TAnswer>(
        SequentialModel<TState, TCommand, TAnswer> model, IReadOnlyList<HistoryOperation<TCommand, TAnswer>> operations)
        where TState : notnull => model.Rules?.Texts is not { } texts || texts.Of(model.Initial) is not { } initial
            ? null
            : new TextDemand(
                initial,
                [
                    .. operations.Select(operation => (
                        operation.Return is not null && model.Rules.IsObserver(operation.Command) ? texts.Shown(operation.Answer!) : null,
                        texts.Appended(operation.Command), texts.Replaced(operation.Command), operation.Call, operation.Return)),
                ]);

    /// <summary>
    /// Returns true for an append that does not lead to any answered text, whatever the text before it.
    /// </summary>
    /// <param name="operation">The index of the operation.</param>
    public bool IsUseless(int operation) => _appendClassOf[operation] is >= 0 and int number && !_forest.IsUsed[number];

    /// <summary>Records that an operation is placed.</summary>
    /// <param name="operation">The index of the operation.</param>
    public void Place(int operation)
    {
        _isPlaced[operation] = true;
        _placeOf[operation].Class?.Place(_placeOf[operation].Position);
    }

    /// <summary>Records that the operation placed last is taken back.</summary>
    /// <param name="operation">The index of the operation.</param>
    public void TakeBack(int operation)
    {
        _isPlaced[operation] = false;
        _placeOf[operation].Class?.TakeBack(_placeOf[operation].Position);
        _firstOpen = 0;
    }

    /// <summary>
    /// Returns the index of an answered operation whose text the unplaced operations cannot produce; -1 when there is
    /// none.
    /// </summary>
    /// <param name="number">The number of the current state, from 0.</param>
    /// <param name="text">The text of the current state; null for the unseen state.</param>
    public int Unmade(int number, string? text)
    {
        (string? present, int node) = StateOf(number, text);
        _visit++;
        if (node != TextForest.None)
        {
            _visited[node] = _visit;
        }

        while (_firstOpen < _shown.Length && _isPlaced[_shown[_firstOpen].Operation])
        {
            _firstOpen++;
        }

        for (int i = _firstOpen; i < _shown.Length; i++)
        {
            if (!_isPlaced[_shown[i].Operation] && !CanBeMade(_shown[i].Node, _shown[i].Return, present))
            {
                return _shown[i].Operation;
            }
        }

        return -1;
    }

    // Edges that were visited for an earlier answer already have their append.
    private bool CanBeMade(int node, long before, string? present)
    {
        if (node == TextForest.None)
        {
            return false;
        }

        while (_visited[node] != _visit)
        {
            _visited[node] = _visit;
            (int parent, int number) = _forest.Edge(node);
            if (parent == TextForest.None)
            {
                return CanStart(node, before, present);
            }

            if (_visitedClass[number] != _visit)
            {
                (_visitedClass[number], _needed[number]) = (_visit, 0);
            }

            if (++_needed[number] > _classes[number].Open || _classes[number].FirstCall > before)
            {
                return false;
            }

            node = parent;
        }

        return true;
    }

    private bool CanStart(int root, long before, string? present)
    {
        if (present is not null && _forest.TextOf(root).StartsWith(present, StringComparison.Ordinal))
        {
            return true;
        }

        if (!_startsOf.TryGetValue(root, out OpenClass[]? starts))
        {
            List<OpenClass> found = [];
            foreach ((string text, OpenClass open) in _replacements)
            {
                if (_forest.TextOf(root).StartsWith(text, StringComparison.Ordinal))
                {
                    found.Add(open);
                }
            }

            _startsOf.Add(root, starts = [.. found]);
        }

        foreach (OpenClass open in starts)
        {
            if (open.FirstCall <= before)
            {
                return true;
            }
        }

        return false;
    }

    private (string? Text, int Node) StateOf(int number, string? text)
    {
        while (_states.Count <= number)
        {
            _states.Add(null);
        }

        return _states[number] ??= (text, text is null ? TextForest.None : _forest.NodeOf(text));
    }
}
