using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>
/// A strategy that decides as another strategy does, records the steps, and ends a run that takes too many decisions.
/// </summary>
/// <param name="inner">The strategy that decides.</param>
/// <param name="maxDecisions">The limit on decisions; a run that reaches it and needs another step is ended.</param>
internal sealed class RecordingStrategy(Strategy inner, int maxDecisions) : Strategy
{
    private readonly List<RecordedStep> _steps = [];
    private List<RecordedDraw> _draws = [];
    private PendingOperation _running;
    private OperationLikeness _likeness;
    private bool _newest;
    private bool _isRunning;
    private bool _fair;
    private bool _afterFaults;

    /// <inheritdoc />
    public override string Name => inner.Name;

    /// <inheritdoc />
    public override bool DrawsFaultMix => inner.DrawsFaultMix;

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>The runtime that runs the strategy.</summary>
    public ControlledRuntime? Runtime { get; set; }

    /// <summary>The step before which the other strategy made the run fair; null when it did not.</summary>
    public int? FairFrom { get; private set; }

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        Finish();
        if (Runtime!.Decisions.Count >= maxDecisions)
        {
            return EndRun;
        }

        int choice = inner.ChooseOperation(ready, step);
        if (choice == BecomeFair)
        {
            FairFrom = step;
        }
        else if (choice >= 0)
        {
            Begin(ready, choice);
        }

        return choice;
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound)
    {
        inner.Drawing = Drawing;
        int value = inner.ChooseValue(bound);
        _draws.Add(new RecordedDraw(Drawing, bound, value));
        return value;
    }

    /// <inheritdoc />
    public override bool ChooseFault(double probability)
    {
        inner.Drawing = Drawing;
        bool happens = inner.ChooseFault(probability);
        _draws.Add(new RecordedDraw(Drawing, 2, happens ? 1 : 0));
        return happens;
    }

    /// <summary>Returns the steps, once the run is over.</summary>
    public IReadOnlyList<RecordedStep> Steps()
    {
        Finish();
        return _steps;
    }

    private void Begin(ReadyOperations ready, int choice)
    {
        _running = ready.At(choice);
        _likeness = OperationLikeness.Of(in _running, ready.KindAt(choice));
        _newest = false;
        if (_likeness.Kind == OperationKind.Message)
        {
            foreach (ref readonly PendingOperation other in ready[OperationKind.Message].Items)
            {
                _newest |= other.Order < _running.Order && _likeness.Fits(in other);
            }
        }

        (_isRunning, _fair, _afterFaults) = (true, Runtime!.IsFair, Runtime.FaultsAreOver);
    }

    private void Finish()
    {
        if (_isRunning)
        {
            _steps.Add(new RecordedStep(_running.Identity, _likeness, _newest, _fair, _afterFaults, _draws.Count == 0 ? [] : _draws));
            _draws = _draws.Count == 0 ? _draws : [];
            _isRunning = false;
            _running = default;
        }
    }
}
