using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// A process under Coyote. Its tasks cannot be taken away from Coyote's scheduler, so they are stopped where they act: a paused process waits
/// there, a dead one goes no further.
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

    /// <summary>Lets the world do something to the process: now, after its pause, or not at all when it is dead.</summary>
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

    // A step is whatever the process begins or does: Coyote has smaller ones, which it does not show.
    public void AfterSteps(int steps, Action action) => (_fuse, _fuseAction) = (steps, action);

    public void BeforeActing()
    {
        if (!MayRun())
        {
            throw new ProcessEndedException(_name);
        }
    }

    /// <summary>Waits while the process is paused.</summary>
    /// <returns>Whether it lives.</returns>
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
                _simulation.Fail("NoFault", $"{_name}: {name} failed: {exception.GetType().Name}: {exception.Message}");
                throw;
            }
        }

        if (IsDead)
        {
            // Nobody learns from a dead process that a task of its ended.
            await new TaskCompletionSource().Task;
        }
    }
}
