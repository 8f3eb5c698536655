using Raft.Verified.Server;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A process of the simulated world: the scheduler that its tasks are queued to, and so the handle by which they die and pause together.
/// </summary>
internal sealed class SimulatedProcess : TaskScheduler, ISimulatedProcess, ITaskStarter
{
    private readonly ControlledRuntime _runtime;
    private readonly List<PendingOperation> _parked = [];
    private int _fuse = -1;
    private Action? _fuseAction;

    public SimulatedProcess(ControlledRuntime runtime, int actor, string name)
    {
        _runtime = runtime;
        Actor = actor;
        Name = name;
        Time = new VirtualClock(runtime, this);
        Random = new ControlledRandom(runtime, name);
    }

    public int Actor { get; }

    public string Name { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    public ITaskStarter Tasks => this;

    public TimeProvider Time { get; }

    public Random Random { get; }

    public Task Start(string name, Func<Task> body)
    {
        Task<Task> task = new(() => WatchAsync(name, body), CancellationToken.None, TaskCreationOptions.DenyChildAttach);
        task.Start(this);
        return task.Unwrap();
    }

    public void Kill()
    {
        IsDead = true;
        _parked.Clear();
        _runtime.RemoveAll(this);
    }

    public void Pause()
    {
        if (!IsPaused && !IsDead)
        {
            IsPaused = true;
            _runtime.Park(this);
        }
    }

    public void Resume()
    {
        if (IsPaused)
        {
            IsPaused = false;
            foreach (PendingOperation operation in _parked)
            {
                _runtime.Add(in operation);
            }

            _parked.Clear();
        }
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

    public void Execute(Task task) => TryExecuteTask(task);

    private async Task WatchAsync(string name, Func<Task> body)
    {
        try
        {
            await body();
        }
        catch (Exception exception)
        {
            _runtime.Fail("NoFault", $"{Name}: {name} failed: {exception.GetType().Name}: {exception.Message}");
            throw;
        }
    }

    protected override void QueueTask(Task task) => _runtime.AddContinuation(task, this);

    // A method that returns to its awaiting caller in the same process goes on in the same step; a completion source that asks for
    // asynchronous continuations never comes here.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && !IsDead && !IsPaused && _runtime.IsRunning(this) && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
