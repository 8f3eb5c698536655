using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// A process under Coyote. Its tasks cannot be removed from Coyote's scheduler, so they are stopped at their next act.
/// A paused process waits there, and a dead process does not continue.
/// </summary>
internal sealed class CoyoteProcess : ISimulatedProcess
{
    private readonly CoyoteSimulation _simulation;
    private readonly CoyoteWorld _world;
    private readonly List<Action> _waiting = [];
    private readonly string _name;
    private int _fuse = -1;
    private Action? _fuseAction;

    public CoyoteProcess(CoyoteSimulation simulation, CoyoteWorld world, int actor, string name, ProcessClock clock)
    {
        _simulation = simulation;
        _world = world;
        Actor = actor;
        _name = name;
        Clock = clock;
        Time = new CoyoteTimeProvider(world, this);
        Random = new ControlledRandom(simulation, name);
    }

    public ProcessClock Clock { get; }

    public int Actor { get; }

    public bool IsDead { get; private set; }

    public bool IsPaused { get; private set; }

    public TimeProvider Time { get; }

    public Random Random { get; }

    public Task Start(string name, Func<Task> body) => Task.Run(() => WatchAsync(name, body));

    public void Kill() => (IsDead, _fuse) = (true, -1);

    public void Pause() => IsPaused = true;

    public void Resume()
    {
        IsPaused = false;
        foreach (Action action in _waiting)
        {
            _world.Post(action);
        }

        _waiting.Clear();
    }

    /// <summary>
    /// Runs an action of the world on the process. A paused process runs it after its pause, a dead one never.
    /// </summary>
    /// <param name="action">The action, such as the delivery of a message. It may wait only for a lock.</param>
    public void Run(Action action)
    {
        if (IsPaused && !IsDead)
        {
            _waiting.Add(() => Run(action));
        }
        else if (MayRun())
        {
            action();
        }
    }

    // A step is a task that the process begins, or an act of the process. Coyote's own steps are smaller, but it does
    // not report them.
    public void AfterSteps(int steps, Action action) => (_fuse, _fuseAction) = (steps, action);

    public void BeforeActing()
    {
        if (!MayRun())
        {
            throw new ProcessEndedException(_name);
        }
    }

    /// <summary>Waits while the process is paused.</summary>
    /// <returns>True when the process is alive, so that its task may continue; false when it is dead.</returns>
    public bool MayRun()
    {
        _simulation.Step();
        if (_fuse > 0 && --_fuse == 0)
        {
            _fuseAction!();
        }

        if (IsPaused && !IsDead)
        {
            Microsoft.Coyote.Runtime.Operation.PauseUntil(() => !IsPaused || IsDead);
        }

        return !IsDead;
    }

    private async Task WatchAsync(string name, Func<Task> body)
    {
        try
        {
            if (MayRun())
            {
                await body();
            }
        }
        catch (Exception exception)
        {
            if (!IsDead)
            {
                _simulation.Fail(RuntimeFindings.NoFault, $"{_name}: {name} failed: {exception.GetType().Name}: {exception.Message}");
                throw;
            }
        }

        if (IsDead)
        {
            // The end of a dead process's task must not be observable.
            await new TaskCompletionSource().Task;
        }
    }
}
