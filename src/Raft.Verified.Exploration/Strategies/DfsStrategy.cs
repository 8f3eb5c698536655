using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// Exhaustive depth-first search: every order of the operations within the bound of steps, and every value drawn there
/// that has few possibilities. Only the decisions of a schedule are kept; each schedule runs from the start. Sleep sets
/// (Godefroid, LNCS 1032, 1996) leave out schedules that differ from an earlier one only in the order of independent
/// operations. Beyond the bound operations run in their base order.
/// </summary>
/// <remarks>
/// Operations of different servers are taken to be independent; operations of the scenario, and those that wake it,
/// depend on everything. There are two exceptions from exactness. In an untimed schedule virtual time advances with
/// every timer. A condition of the scenario may also hold only between two operations of different servers, neither of
/// which brings it about alone.
/// </remarks>
/// <param name="sleepSets">True to use sleep sets; without them the search is plain, for comparison.</param>
public sealed class DfsStrategy(bool sleepSets = true) : SystematicStrategy
{
    /// <summary>
    /// The maximum number of possibilities of a drawn value that are all tried. Values with more, mostly random
    /// timeouts, get only one.
    /// </summary>
    public const int MaxValues = 4;

    // The decisions of the schedule with alternatives, in order. Nodes beyond the length wait to be reused.
    private readonly List<DfsNode> _path = [];
    private DfsNode? _last;
    private int _length;
    private int _next;
    private int _bound;
    private ulong _running;
    private int _draws;
    private bool _isWithinBound;
    private bool _begun;
    private bool _leftOut;

    /// <inheritdoc />
    public override string Name => "dfs";

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <inheritdoc />
    public override int DefaultSteps => 8;

    /// <inheritdoc />
    public override string? LeftOut => _leftOut ? $"of values with more than {MaxValues} possibilities only one" : null;

    /// <inheritdoc />
    public override string? Derailment { get; protected set; }

    /// <inheritdoc />
    public override bool MoveOn()
    {
        if (!_begun)
        {
            return _begun = true;
        }

        while (_length > 0 && !_path[_length - 1].MoveOn())
        {
            _length--;
        }

        return _length > 0;
    }

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
        _bound = expectedSteps;
        _next = 0;
        _last = null;
        _isWithinBound = true;
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        _isWithinBound = step < _bound;
        int choice = _isWithinBound ? ChooseWithinBound(ready, step) : BaseOrder.FirstOf(ready, []).Choice;
        _running = choice < 0 ? 0 : ready.At(choice).Identity;
        _draws = 0;
        return choice;
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound)
    {
        if (_isWithinBound && bound <= MaxValues)
        {
            return Enumerate(bound);
        }

        // The same operation draws the same value in any order of operations. The value is not always 0, because equal timeouts
        // would split votes for ever.
        _leftOut |= _isWithinBound;
        return new SplitMix(SplitMix.Mix(_running, (ulong)_draws++)).Next(bound);
    }

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => _isWithinBound && Enumerate(2) == 1;

    private int Enumerate(int bound)
    {
        if (bound == 1)
        {
            return 0;
        }

        if (_next < _length)
        {
            DfsNode node = _path[_next];
            if (node.IsDrawOf(bound))
            {
                _next++;
                return node.Choice;
            }

            Derail($"draw {_next} has {bound} possibilities");
        }

        Node().BecomeDraw(bound);
        _length = ++_next;
        return 0;
    }

    private int ChooseWithinBound(ReadyOperations ready, int step)
    {
        DfsNode node;
        if (_next < _length)
        {
            node = _path[_next];
            if (!node.IsStepOf(ready))
            {
                Derail($"step {step} has {ready.Count} enabled operations");
                return 0;
            }

            _next++;
        }
        else
        {
            node = Node();
            node.BecomeStep(ready, sleepSets ? _last : null);
            if (node.IsEmpty)
            {
                return EndRun;
            }

            _length = ++_next;
        }

        _last = node;
        return node.Choice;
    }

    private void Derail(string what)
    {
        Derailment ??= $"the beginning of an earlier schedule was run again, and was different: {what}, which it had not before";
        _length = _next;
    }

    private DfsNode Node()
    {
        if (_path.Count == _next)
        {
            _path.Add(new DfsNode());
        }

        return _path[_next];
    }
}
