namespace Raft.Verified.Linearizability;

/// <summary>
/// Whether the operations to come can make the texts that are still to be answered. Between such a text and the root above it in the forest lie appends
/// that are all needed. They must be to come, unless the present text is on the way. Each edge of the forest needs an append of its own, because
/// an operation takes effect once, in one state. And a root must be the present text grown longer, or begin with a text that a replacement to come brings.
/// </summary>
internal sealed class TextDemand
{
    private readonly TextForest _forest;
    private readonly List<OpenClass> _classes = []; // Appends first, as in the forest, then replacements.
    private readonly List<(string Text, OpenClass Class)> _replacements = [];
    private readonly Dictionary<int, OpenClass[]> _startsOf = []; // Of a root: the replacements it may begin with.
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

    /// <summary>The demand of a part; null when its model has no texts.</summary>
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

    /// <summary>Whether an operation appends a text that makes no answered text, whatever stood before it.</summary>
    public bool IsUseless(int operation) => _appendClassOf[operation] is >= 0 and int number && !_forest.IsUsed[number];

    /// <summary>An operation is placed.</summary>
    public void Place(int operation)
    {
        _isPlaced[operation] = true;
        _placeOf[operation].Class?.Place(_placeOf[operation].Position);
    }

    /// <summary>The operation that was placed last is taken back.</summary>
    public void TakeBack(int operation)
    {
        _isPlaced[operation] = false;
        _placeOf[operation].Class?.TakeBack(_placeOf[operation].Position);
        _firstOpen = 0;
    }

    /// <summary>An answered operation whose text the operations to come cannot make; -1 when there is none.</summary>
    /// <param name="number">The number of the present state.</param>
    /// <param name="text">Its text; null for the unseen state.</param>
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

    // Edges that were visited for an answer which came earlier are paid for already.
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
