namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A process of the simulated world: the context that its tasks continue on, and so the handle by which they die and
/// pause together. It is a synchronization context rather than a task scheduler, because awaits then queue their
/// continuations without a task around each.
/// </summary>
internal sealed class SimulatedProcess : SynchronizationContext, ISimulatedProcess
{
    private readonly ControlledRuntime _runtime;
    private readonly List<PendingOperation> _parked = [];
    private int _fuse = -1;
    private Action? _fuseAction;

    public SimulatedProcess(ControlledRuntime runtime, int actor, string name, ProcessClock? clock = null)
    {
        _runtime = runtime;
        Actor = actor;
        Name = name;
        Clock = clock ?? ProcessClock.Exact;
        Time = new VirtualClock(runtime, this);
        Random = new ControlledRandom(runtime, name);
    }

    public int Actor { get; }

    public string Name { get; }

    /// <summary>The type by which the program's code names actors; null for none.</summary>
    public ActorIdentity? Identity => _runtime.Identity;

    public ProcessClock Clock { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    public TimeProvider Time { get; }

    public Random Random { get; }

    public Task Start(string name, Func<Task> body)
    {
        StartedTask task = new(this, name, body);
        Post(static state => ((StartedTask)state!).Begin(), task);
        return task.Completion;
    }

    public void Kill()
    {
        IsDead = true;
        _parked.Clear();
        _runtime.Timeline.Remove(this, park: false);
    }

    public void Pause()
    {
        if (!IsPaused && !IsDead)
        {
            IsPaused = true;
            _runtime.Timeline.Remove(this, park: true);
        }
    }

    public void Resume()
    {
        if (IsPaused)
        {
            IsPaused = false;
            foreach (PendingOperation operation in _parked)
            {
                _runtime.Timeline.Add(in operation);
            }

            _parked.Clear();
        }
    }

    // Code of a dead or paused process does not run at all.
    public void BeforeActing()
    {
    }

    public void AfterSteps(int steps, Action action)
    {
        _fuse = steps;
        _fuseAction = action;
    }

    public void Park(in PendingOperation operation) => _parked.Add(operation);

    public void Unpark(VirtualTimer timer)
    {
        if (IsPaused)
        {
            _parked.RemoveAll(operation => ReferenceEquals(operation.Payload, timer));
        }
    }

    public void StepDone()
    {
        if (_fuse > 0 && --_fuse == 0)
        {
            Action action = _fuseAction!;
            _fuse = -1;
            _fuseAction = null;
            action();
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        try
        {
            _runtime.AddContinuation(d, state!, this);
        }
        catch (OperationCanceledException)
        {
            // The step has been ended, so nothing of it counts. The machinery of await would end the process.
        }
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("a blocking call into the controlled world would never return");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>A started task before its first step, with the completion that its starter awaits.</summary>
    private sealed class StartedTask(SimulatedProcess process, string name, Func<Task> body)
    {
        private readonly TaskCompletionSource _completion = new();

        public Task Completion => _completion.Task;

        public void Begin() => _ = RunAsync();

        public override string ToString() => name;

        private async Task RunAsync()
        {
            try
            {
                await body();
            }
            catch (Exception exception)
            {
                process._runtime.Fail(RuntimeFindings.NoFault, $"{process.Name}: {name} failed: {exception.GetType().Name}: {exception.Message}");
                _completion.SetException(exception);
                return;
            }

            _completion.SetResult();
        }
    }
}
