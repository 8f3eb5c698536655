namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// The controlled world of one schedule: all tasks, timers, messages and disks of a scenario, on one thread, in virtual time. At every step a
/// strategy chooses which of the enabled operations runs next; that choice, and every value drawn from the controlled randomness, is
/// a decision. Same scenario, same decisions: same schedule, to the bit.
/// </summary>
public sealed class ControlledRuntime : ISimulation
{
    // How long a busy thread pool may take to get to what has been queued, in real time.
    private static readonly TimeSpan MaxPoolDelay = TimeSpan.FromSeconds(30);

    // No thread may touch the world any more.
    private const int NoThread = -1;

    private readonly Strategy _strategy;
    private readonly ScheduleBounds _bounds;
    private readonly ReadyOperations _ready = new();
    private readonly OperationSet _waiting = new();
    private readonly IDecisionLog? _log;
    private int _thread = Environment.CurrentManagedThreadId;
    private readonly object _strayGate = new();
    private readonly List<int> _decisions = new(4096);
    private volatile string? _stray;
    private volatile bool _isAtRest;
    private object? _runningPayload;
    private SimulatedProcess? _runningOwner;
    private int _drawsFrom;
    private readonly EventHash _hash = new();
    private long _now;
    private long _instant;
    private int _stepsInInstant;
    private int _step;
    private int _chains;
    private int _chain;
    private ulong _running;
    private uint _effects;
    private int _made;
    private bool _chainContinued;
    private bool _fair;

    /// <summary>Prepares a world for one schedule.</summary>
    /// <param name="strategy">Makes the decisions; already begun for this schedule.</param>
    /// <param name="timed">Whether delays decide the order.</param>
    /// <param name="bounds">When a schedule is too long.</param>
    /// <param name="log">Told of each decision with its label; null to save the cost.</param>
    public ControlledRuntime(Strategy strategy, bool timed, ScheduleBounds bounds, IDecisionLog? log = null)
    {
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(bounds);
        _strategy = strategy;
        _bounds = bounds;
        _log = log;
        IsTimed = timed;
        _fair = timed;
    }

    /// <inheritdoc />
    public TimeSpan Now => new(_now);

    /// <inheritdoc />
    public bool IsTimed { get; }

    /// <inheritdoc />
    public bool DrawsFaultMix => _strategy.DrawsFaultMix;

    /// <inheritdoc />
    /// <remarks>Twenty times the longest election time-out: enough for many split votes in a row, and for a snapshot in small chunks after them.</remarks>
    public TimeSpan LivenessBound => TimeSpan.FromSeconds(30);

    /// <summary>The decisions made so far, in order.</summary>
    public IReadOnlyList<int> Decisions => _decisions;

    /// <summary>A hash of everything that has happened: of every decision, operation and event, in order.</summary>
    public ulong EventHash => _hash.Value;

    /// <inheritdoc />
    EventHash ISimulation.Hash => _hash;

    /// <inheritdoc />
    public bool StepsAreIndivisible => true;

    /// <summary>The property violated first; null while none is.</summary>
    public string? FailedProperty { get; private set; }

    /// <inheritdoc />
    public bool HasFailed => FailedProperty is not null;

    /// <summary>What was found.</summary>
    public string? FailureMessage { get; private set; }

    /// <summary>Asks for an end of the schedule half-way: it is abandoned then. Looked at after each step.</summary>
    internal CancellationToken Stop { get; init; }

    /// <summary>Watches that steps return; null for nobody.</summary>
    internal StepWatchdog? Watchdog { get; init; }

    /// <summary>Whether the schedule was seen before, and a step of it did not return.</summary>
    internal bool IsRepeatedHang { get; init; }

    /// <summary>Whether no step is under way, though the schedule goes on. May be asked from any thread.</summary>
    internal bool IsAtRest
    {
        get => _isAtRest;
        set => _isAtRest = value;
    }

    /// <summary>How many steps have returned. May be asked from any thread.</summary>
    internal int StepsDone => Volatile.Read(ref _step);

    /// <summary>Whether the schedule has been ended half-way: by the strategy, because what would follow has been seen in others, or by <see cref="Stop"/>.</summary>
    public bool IsAbandoned { get; private set; }

    /// <inheritdoc />
    public bool IsFair => _fair;

    /// <summary>The type by which the program's code names actors; null for none.</summary>
    internal ActorIdentity? Identity { get; init; }

    /// <summary>Whether the scenario has ended all faults.</summary>
    internal bool FaultsAreOver { get; private set; }

    /// <summary>Called after each step.</summary>
    public Action? AfterStep { get; set; }

    /// <summary>Asked when a schedule is too long: the property that says why, and what goes round in it; null when that is not known.</summary>
    internal Func<(string Property, string Message)?>? FindRepetition { get; set; }

    /// <summary>The operations that may run next, for a driver that makes its steps itself (<see cref="RunStep"/>).</summary>
    internal ReadyOperations Ready => _ready;

    /// <summary>Runs the schedule: until the body ends, a property is violated, or a bound is reached.</summary>
    /// <param name="body">The scenario.</param>
    public void Run(Func<Task> body)
    {
        // Each step runs in the context of its process; the caller's (test frameworks have one) comes back at the end.
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            if (Watchdog is { } watchdog)
            {
                watchdog.Run(this, () => RunToEnd(body));
            }
            else
            {
                RunToEnd(body);
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Instead of <see cref="Run"/>: one step, of an operation that the strategy chooses.</summary>
    /// <returns>False when no operation is enabled, or the strategy has ended the schedule.</returns>
    internal bool RunStep()
    {
        SynchronizationContext? context = SynchronizationContext.Current;
        try
        {
            return Step();
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
        while (FailedProperty is null && !main.IsCompleted && _stray is null && !IsAbandoned)
        {
            if (!Step() && !IsAbandoned)
            {
                _isAtRest = true;
                ReportDeadlock();
            }

            IsAbandoned |= Stop.IsCancellationRequested;
        }

        if (_stray is { } stray)
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
        Decide(value, bound);
        _log?.Drew(value, bound, what, _hash.Value);
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
        int value = happens ? 1 : 0;
        Decide(value, 2);
        _log?.Drew(value, 2, what, _hash.Value);
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

        PendingOperation pending = new()
        {
            Payload = operation,
            Owner = owner,
            Due = _now + delay.Ticks,
            Chain = NextChain(),
            Actor = operation.Actor,
            Identity = NextIdentity(),
            Order = _made++,
        };
        Add(in pending);
    }

    /// <inheritdoc />
    public ISimulatedProcess CreateProcess(int actor, string name, ProcessClock? clock = null) => new SimulatedProcess(this, actor, name, clock);

    /// <inheritdoc />
    public void BeginFairPhase()
    {
        FaultsAreOver = true;
        BecomeFair();
    }

    private void BecomeFair()
    {
        if (_fair)
        {
            return;
        }

        _fair = true;
        for (OperationKind kind = OperationKind.Message; kind <= OperationKind.Environment; kind++)
        {
            OperationSet set = _ready[kind];
            while (set.Count > 0)
            {
                PendingOperation operation = set.RemoveAt(set.Count - 1);
                _waiting.Add(in operation);
            }
        }
    }

    /// <inheritdoc />
    public void BeginAct()
    {
    }

    /// <inheritdoc />
    public void EndAct()
    {
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
    /// Ends the schedule at once: nothing of the step under way counts from here on, and what of the world it touches ends it, too. May be called from any thread; by the
    /// watchdog when the step does not return.
    /// </summary>
    /// <param name="finding">What is wrong with the step; null when the schedule is merely to end.</param>
    internal void EndFromOutside(string? finding)
    {
        if (finding is not null)
        {
            string step = _runningPayload is null ? "the scenario's start"
                : OperationNames.Of(new PendingOperation { Payload = _runningPayload, Owner = _runningOwner });
            Fail(RuntimeFindings.StepDoesNotReturn, $"{step} {finding}");
        }

        IsAbandoned |= finding is null;
        _thread = NoThread;
    }

    private bool IsEndedFromOutside => _thread == NoThread;

    internal void AddTimer(VirtualTimer timer, SimulatedProcess process, long delay)
    {
        if (!process.IsDead)
        {
            // A timer is a cause of its own: it does not continue the chain that set it.
            PendingOperation pending = new()
            {
                Payload = timer,
                Owner = process,
                Due = _now + delay,
                Chain = _chains++,
                Actor = process.Actor,
                Identity = NextIdentity(),
                Order = _made++,
            };
            Add(in pending);
        }
    }

    internal void AddContinuation(SendOrPostCallback continuation, object state, SimulatedProcess process)
    {
        if (process.IsDead || !CheckThread(state))
        {
            return;
        }

        PendingOperation pending = new()
        {
            Payload = state,
            Continuation = continuation,
            Owner = process,
            Due = _now,
            Chain = NextChain(),
            Actor = process.Actor,
            Identity = NextIdentity(),
            Order = _made++,
        };
        Add(in pending);
    }

    internal void Add(in PendingOperation operation)
    {
        if (operation.Owner is { IsPaused: true } paused)
        {
            paused.Park(in operation);
        }
        else if (_fair && operation.Due > _now)
        {
            _waiting.Add(in operation);
        }
        else
        {
            _ready[KindOf(in operation)].Add(in operation);
        }
    }

    internal void RemoveAll(SimulatedProcess process) => Remove(process, park: false);

    internal void Park(SimulatedProcess process) => Remove(process, park: true);

    // Everything that touches the controlled world must be on its thread. Anything else has left it: an await of something that the engine
    // does not control came back on a thread of its own.
    internal bool CheckThread(object operation)
    {
        if (Environment.CurrentManagedThreadId == _thread)
        {
            return true;
        }

        if (IsEndedFromOutside)
        {
            throw new OperationCanceledException("the step has been ended: it did not return");
        }

        lock (_strayGate)
        {
            _stray ??= $"{OperationNames.Of(operation)} was resumed by a thread outside the controlled world: it awaits something that the engine does not control";
        }

        return false;
    }

    private static OperationKind KindOf(in PendingOperation operation) =>
        operation.Continuation is not null ? OperationKind.Continuation
        : operation.Payload is VirtualTimer ? OperationKind.Timer
        : ((Operation)operation.Payload).Kind;

    private bool Step()
    {
        if (_ready.Count == 0 && !AdvanceTime())
        {
            return false;
        }

        int enabled = _ready.Count;
        int choice = enabled == 1 && !_strategy.SeesForcedChoices ? 0 : _strategy.ChooseOperation(_ready, _step);
        if (choice < 0)
        {
            return StepOtherwise(choice);
        }

        // The operation itself stays on the stack, which is much cheaper; a watchdog needs no more of it than its name.
        PendingOperation operation = _ready.Remove(choice);
        (_runningPayload, _runningOwner) = (operation.Payload, operation.Owner);
        Decide(choice, enabled);
        _drawsFrom = _decisions.Count;
        if (!_fair && operation.Due > _now)
        {
            _now = operation.Due;
        }

        _log?.TimeIs(Now);
        _log?.Choosing(choice, enabled, OperationNames.Of(in operation));
        if (IsEndedFromOutside)
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
            // Tasks keep their exceptions to themselves; what comes here was thrown by an operation, a timer's callback, or an async void method.
            Fail(RuntimeFindings.Fault, $"{OperationNames.Of(in operation)} failed: {exception.GetType().Name}: {exception.Message}");
        }

        if (!IsEndedFromOutside)
        {
            _log?.Ran(_hash.Value);
            CheckBounds();
        }

        return true;
    }

    private bool StepOtherwise(int instead)
    {
        if (instead == Strategy.BecomeFair && !_fair)
        {
            BecomeFair();
            return Step();
        }

        IsAbandoned = true;
        return false;
    }

    private void Execute(in PendingOperation operation)
    {
        _chain = operation.Chain;
        _running = operation.Identity;
        _effects = 0;
        _chainContinued = false;
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

    private bool AdvanceTime()
    {
        if (_waiting.Count == 0)
        {
            return false;
        }

        ReadOnlySpan<PendingOperation> waiting = _waiting.Items;
        long next = long.MaxValue;
        foreach (ref readonly PendingOperation operation in waiting)
        {
            next = Math.Min(next, operation.Due);
        }

        // From the end on, because what is behind the one that is taken out may move into its place.
        _now = Math.Max(_now, next);
        for (int i = waiting.Length - 1; i >= 0; i--)
        {
            if (waiting[i].Due <= _now)
            {
                PendingOperation operation = _waiting.RemoveAt(i);
                _ready[KindOf(in operation)].Add(in operation);
            }
        }

        return true;
    }

    private void Decide(int value, int bound)
    {
        _decisions.Add(value);
        _hash.Add(((ulong)(uint)bound << 32) | (uint)value);
    }

    private int NextChain()
    {
        if (_chainContinued)
        {
            return _chains++;
        }

        _chainContinued = true;
        return _chain;
    }

    /// <summary>The identity of the how-many-eth operation, from 1, that one brings about.</summary>
    internal static ulong IdentityOf(ulong cause, uint effect)
    {
        ulong mixed = (cause ^ effect) * 0x9E3779B97F4A7C15UL;
        return mixed ^ (mixed >> 32);
    }

    private ulong NextIdentity()
    {
        if (++_effects > ScheduleBounds.MaxEffectsOfAStep)
        {
            EndStep($"has brought about {_effects - 1} operations, and has not returned: it is in an endless loop");
        }

        return IdentityOf(_running, _effects);
    }

    private void CheckDraws()
    {
        if (IsEndedFromOutside)
        {
            throw new OperationCanceledException("the step has been ended");
        }

        if (_decisions.Count - _drawsFrom > ScheduleBounds.MaxEffectsOfAStep)
        {
            EndStep($"has drawn {_decisions.Count - _drawsFrom} values, and has not returned: it is in an endless loop");
        }
    }

    // From within: whatever the step touches next ends it, too.
    private void EndStep(string finding)
    {
        EndFromOutside(finding);
        throw new OperationCanceledException("the step has been ended: it did not return");
    }

    private void CheckBounds()
    {
        _step++;
        if (_step == _bounds.UnfairSteps)
        {
            BecomeFair();
        }

        if (_now != _instant)
        {
            (_instant, _stepsInInstant) = (_now, 0);
        }
        else if (_fair && ++_stepsInInstant == ScheduleBounds.MaxStepsInAnInstant)
        {
            FailUnbounded($"time stands still: {_stepsInInstant} fair steps in one instant");
        }

        if (_step >= _bounds.MaxSteps)
        {
            FailUnbounded($"the schedule did not end within {_bounds.MaxSteps} steps, the last {_bounds.MaxSteps - _bounds.UnfairSteps} of them fair");
        }
    }

    private void FailUnbounded(string message)
    {
        if (FindRepetition?.Invoke() is var (property, repeated))
        {
            Fail(property, $"{repeated}; {message}");
        }
        else
        {
            Fail(RuntimeFindings.Unbounded, message);
        }
    }

    private void Remove(SimulatedProcess process, bool park)
    {
        for (OperationKind kind = OperationKind.Continuation; kind <= OperationKind.Environment; kind++)
        {
            Remove(_ready[kind], process, park);
        }

        Remove(_waiting, process, park);
    }

    private static void Remove(OperationSet set, SimulatedProcess process, bool park)
    {
        for (int i = set.Count - 1; i >= 0; i--)
        {
            if (set[i].Owner == process)
            {
                PendingOperation operation = set.RemoveAt(i);
                if (park)
                {
                    process.Park(in operation);
                }
            }
        }
    }

    // Nothing is enabled. An await that left the controlled world comes back soon on another thread; give it the time to show itself
    // before the schedule is called a deadlock. This is the one place that looks at real time, and only when the schedule has failed already.
    private void ReportDeadlock()
    {
        for (int i = 0; i < 100; i++)
        {
            if (HasStrayed())
            {
                return;
            }

            Thread.Sleep(10);
        }

        // Where the thread pool is busy with other things, what comes back has to wait its turn: it is there before what is queued now.
        TaskCompletionSource turn = new();
        ThreadPool.UnsafeQueueUserWorkItem(static turn => turn.SetResult(), turn, preferLocal: false);
        turn.Task.Wait(MaxPoolDelay);
        Thread.Sleep(10);
        if (!HasStrayed())
        {
            Fail(RuntimeFindings.Deadlock, "no operation is enabled and the scenario has not ended: every task awaits another one, or something that never comes");
        }
    }

    private bool HasStrayed()
    {
        lock (_strayGate)
        {
            if (_stray is { } stray)
            {
                Fail(RuntimeFindings.UncontrolledAwait, stray);
            }

            return _stray is not null;
        }
    }
}
