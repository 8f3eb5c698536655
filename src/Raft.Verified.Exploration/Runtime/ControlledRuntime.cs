namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The controlled world of one schedule: all tasks, timers, messages and disks of a scenario, on one thread, in virtual
/// time. Each choice of the next operation, and each value drawn, is a decision of the strategy. The same scenario with
/// the same decisions gives the same schedule.
/// </summary>
public sealed class ControlledRuntime : ISimulation
{
    private readonly Strategy _strategy;
    private readonly Timeline _timeline;
    private readonly Causality _causality = new();
    private readonly DecisionTrace _trace;
    private readonly StepBudget _budget;
    private readonly WorldBoundary _boundary = new();
    private volatile bool _isAtRest;
    private object? _runningPayload;
    private SimulatedProcess? _runningOwner;
    private int _drawsFrom;

    /// <summary>Prepares a world for one schedule.</summary>
    /// <param name="strategy">The strategy that makes the decisions; it has already begun this schedule.</param>
    /// <param name="timed">True when delays decide the order.</param>
    /// <param name="bounds">The bounds beyond which a schedule is too long.</param>
    /// <param name="log">The log that receives each decision with its label; null to save the cost.</param>
    public ControlledRuntime(Strategy strategy, bool timed, ScheduleBounds bounds, IDecisionLog? log = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(bounds);
        _strategy = strategy;
        _timeline = new Timeline(timed);
        _trace = new DecisionTrace(log);
        _budget = new StepBudget(bounds);
        IsTimed = timed;
    }

    /// <inheritdoc />
    public TimeSpan Now => new(_timeline.Now);

    /// <inheritdoc />
    public bool IsTimed { get; }

    /// <inheritdoc />
    public bool DrawsFaultMix => _strategy.DrawsFaultMix;

    /// <inheritdoc />
    /// <remarks>Twenty times the longest election timeout, for many split votes and a snapshot in chunks.</remarks>
    public TimeSpan LivenessBound => TimeSpan.FromSeconds(30);

    /// <summary>The decisions made so far, in order.</summary>
    public IReadOnlyList<int> Decisions => _trace.Decisions;

    /// <summary>The hash of every decision, operation and event so far, in order.</summary>
    public ulong EventHash => _trace.Hash.Value;

    /// <inheritdoc />
    EventHash ISimulation.Hash => _trace.Hash;

    /// <inheritdoc />
    public bool StepsAreIndivisible => true;

    /// <summary>The name of the property violated first; null while none is violated.</summary>
    public string? FailedProperty { get; private set; }

    /// <inheritdoc />
    public bool HasFailed => FailedProperty is not null;

    /// <summary>The message of the violation; null while there is none.</summary>
    public string? FailureMessage { get; private set; }

    /// <summary>A token that requests an early end of the schedule. Checked after each step.</summary>
    internal CancellationToken Stop { get; init; }

    /// <summary>The watchdog that checks that steps return; null for none.</summary>
    internal StepWatchdog? Watchdog { get; init; }

    /// <summary>True when the schedule was seen before, and one of its steps did not return.</summary>
    internal bool IsRepeatedHang { get; init; }

    /// <summary>True when no step is in progress, though the schedule goes on. May be read from any thread.</summary>
    internal bool IsAtRest
    {
        get => _isAtRest;
        set => _isAtRest = value;
    }

    /// <summary>The number of steps that have returned. May be read from any thread.</summary>
    internal int StepsDone => _budget.Steps;

    /// <summary>True when the strategy or <see cref="Stop"/> has ended the schedule early.</summary>
    public bool IsAbandoned { get; private set; }

    /// <inheritdoc />
    public bool IsFair => _timeline.IsFair;

    /// <summary>The type by which the program's code names actors; null for none.</summary>
    internal ActorIdentity? Identity { get; init; }

    /// <summary>True when the scenario has ended all faults.</summary>
    internal bool FaultsAreOver { get; private set; }

    /// <summary>The callback after each step; null for none.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>The callback for a schedule that is too long; returns property and repeated work, or null.</summary>
    internal Func<(string Property, string Message)?>? FindRepetition { get; set; }

    /// <summary>The operations that may run next and those that wait.</summary>
    internal Timeline Timeline => _timeline;

    /// <summary>Runs the schedule: until the body ends, a property is violated, or a bound is reached.</summary>
    /// <param name="body">The scenario.</param>
    public void Run(Func<Task> body) => KeepContext(() =>
    {
        if (Watchdog is { } watchdog)
        {
            watchdog.Run(this, () => RunToEnd(body));
        }
        else
        {
            RunToEnd(body);
        }
    });

    /// <summary>Runs one step of an operation that the strategy chooses; used in place of <see cref="Run"/>.</summary>
    /// <returns>False when no operation is enabled, or the strategy has ended the schedule.</returns>
    internal bool RunStep()
    {
        bool ran = false;
        KeepContext(() => ran = Step());
        return ran;
    }

    // Each step runs in the context of its process. The caller's own context, as test frameworks have one, is restored.
    private static void KeepContext(Action action)
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private void RunToEnd(Func<Task> body)
    {
        SimulatedProcess environment = new(this, 0, "scenario");
        Task main = environment.Start("scenario", body);
        while (FailedProperty is null && !main.IsCompleted && _boundary.Stray is null && !IsAbandoned)
        {
            if (!Step() && !IsAbandoned)
            {
                _isAtRest = true;
                if (!_boundary.WaitForStray())
                {
                    Fail(RuntimeFindings.Deadlock, "no operation is enabled and the scenario has not ended: every task awaits another one, or something that never comes");
                }
            }

            IsAbandoned |= Stop.IsCancellationRequested;
        }

        if (_boundary.Stray is { } stray)
        {
            Fail(RuntimeFindings.UncontrolledAwait, stray);
        }
    }

    /// <inheritdoc />
    public int Choose(int bound, string what)
    {
        if (!CheckThread(what))
        {
            return 0;
        }

        _strategy.Drawing = what;
        int value = bound == 1 && !_strategy.SeesForcedChoices ? 0 : _strategy.ChooseValue(bound);
        _trace.Draw(value, bound, what);
        CheckDraws();
        return value;
    }

    /// <inheritdoc />
    public bool Happens(double probability, string what)
    {
        if (probability <= 0 || !CheckThread(what))
        {
            return false;
        }

        _strategy.Drawing = what;
        bool happens = _strategy.ChooseFault(probability);
        _trace.Draw(happens ? 1 : 0, 2, what);
        CheckDraws();
        return happens;
    }

    /// <inheritdoc />
    public void Post(Operation operation, TimeSpan delay, ISimulatedProcess? process)
    {
        ArgumentNullException.ThrowIfNull(operation);
        SimulatedProcess? owner = (SimulatedProcess?)process;
        if (owner is { IsDead: true } || !CheckThread(operation))
        {
            return;
        }

        CheckEffects();
        PendingOperation pending = _causality.Effect(operation, owner, operation.Actor, _timeline.Now + delay.Ticks);
        _timeline.Add(in pending);
    }

    /// <inheritdoc />
    public ISimulatedProcess CreateProcess(int actor, string name, ProcessClock? clock = null) => new SimulatedProcess(this, actor, name, clock);

    /// <inheritdoc />
    public void BeginFairPhase()
    {
        FaultsAreOver = true;
        _timeline.BecomeFair();
    }

    /// <inheritdoc />
    public void Fail(string property, string message)
    {
        if (FailedProperty is null)
        {
            FailedProperty = property;
            FailureMessage = message;
        }
    }

    /// <summary>
    /// Ends the schedule at once: nothing of the step in progress counts from here on. The step itself ends where it
    /// next touches the world. May be called from any thread; the watchdog calls it when a step does not return.
    /// </summary>
    /// <param name="finding">The fault of the step; null when the schedule is merely to end.</param>
    internal void EndFromOutside(string? finding)
    {
        if (finding is not null)
        {
            string step = _runningPayload is null ? "the scenario's start"
                : OperationNames.Of(new PendingOperation { Payload = _runningPayload, Owner = _runningOwner });
            Fail(RuntimeFindings.StepDoesNotReturn, $"{step} {finding}");
        }

        IsAbandoned |= finding is null;
        _boundary.Close();
    }

    internal void AddTimer(VirtualTimer timer, SimulatedProcess process, long delay)
    {
        if (!process.IsDead)
        {
            CheckEffects();
            PendingOperation pending = _causality.Timer(timer, process, _timeline.Now + delay);
            _timeline.Add(in pending);
        }
    }

    internal void AddContinuation(SendOrPostCallback continuation, object state, SimulatedProcess process)
    {
        if (process.IsDead || !CheckThread(state))
        {
            return;
        }

        CheckEffects();
        PendingOperation pending = _causality.Effect(state, process, process.Actor, _timeline.Now, continuation);
        _timeline.Add(in pending);
    }

    internal bool CheckThread(object operation) => _boundary.Check(operation);

    private bool Step()
    {
        if (!_timeline.Advance())
        {
            return false;
        }

        ReadyOperations ready = _timeline.Ready;
        int enabled = ready.Count;
        int choice = enabled == 1 && !_strategy.SeesForcedChoices ? 0 : _strategy.ChooseOperation(ready, _budget.Steps);
        if (choice < 0)
        {
            return StepOtherwise(choice);
        }

        // The operation itself stays on the stack, which is much cheaper; a watchdog needs only its name.
        PendingOperation operation = _timeline.Take(choice);
        (_runningPayload, _runningOwner) = (operation.Payload, operation.Owner);
        _trace.Decide(choice, enabled);
        _drawsFrom = _trace.Count;
        _trace.Announce(choice, enabled, in operation, _timeline.Now);
        if (_boundary.IsClosed)
        {
            return true;
        }

        try
        {
            Execute(in operation);
            AfterStep?.Invoke();
        }
        catch (Exception exception)
        {
            // Tasks keep their exceptions. This one comes from an operation, a timer's callback, or an async void method.
            Fail(RuntimeFindings.NoFault, $"{OperationNames.Of(in operation)} failed: {exception.GetType().Name}: {exception.Message}");
        }

        if (!_boundary.IsClosed)
        {
            _trace.Ran();
            CheckBounds();
        }

        return true;
    }

    private bool StepOtherwise(int instead)
    {
        if (instead == Strategy.BecomeFair && !_timeline.IsFair)
        {
            _timeline.BecomeFair();
            return Step();
        }

        IsAbandoned = true;
        return false;
    }

    private void Execute(in PendingOperation operation)
    {
        _causality.Begin(in operation);
        SynchronizationContext.SetSynchronizationContext(operation.Owner);
        if (operation.Continuation is { } continuation)
        {
            continuation(operation.Payload);
        }
        else if (operation.Payload is VirtualTimer timer)
        {
            timer.Fire();
        }
        else
        {
            ((Operation)operation.Payload).Run();
        }

        operation.Owner?.StepDone();
    }

    private void CheckEffects()
    {
        if (_causality.Effects == ScheduleBounds.MaxEffectsOfAStep)
        {
            EndStep($"has brought about {ScheduleBounds.MaxEffectsOfAStep} operations, and has not returned: it is in an endless loop");
        }
    }

    private void CheckDraws()
    {
        if (_boundary.IsClosed)
        {
            throw new OperationCanceledException("the step has been ended");
        }

        if (_trace.Count - _drawsFrom > ScheduleBounds.MaxEffectsOfAStep)
        {
            EndStep($"has drawn {_trace.Count - _drawsFrom} values, and has not returned: it is in an endless loop");
        }
    }

    // Called by the step itself. If the step catches the exception, it ends where it next touches the world.
    private void EndStep(string finding)
    {
        EndFromOutside(finding);
        throw new OperationCanceledException("the step has been ended: it did not return");
    }

    private void CheckBounds()
    {
        _budget.Count();
        if (_budget.IsUnfairPhaseOver)
        {
            _timeline.BecomeFair();
        }

        if (_budget.FindExcess(_timeline.Now, _timeline.IsFair) is { } excess)
        {
            (string property, string message) = FindRepetition?.Invoke() is var (known, repeated) ? (known, $"{repeated}; {excess}") : (RuntimeFindings.UnboundedSchedule, excess);
            Fail(property, message);
        }
    }
}
