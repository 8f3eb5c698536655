namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// The environment of the simulated programs: messages arrive, flushes end and timers expire. One task runs all these
/// items, one after the other. Coyote's generator draws their order. Coyote's scheduler decides when that task runs
/// between the steps of the servers' tasks.
/// </summary>
/// <remarks>
/// <para>
/// While there are faults, any pending item may be next, however distant its moment. Afterwards time advances with each
/// step, so that a computation of a few steps ends before a long timer expires. Time leaps when nothing happens.
/// </para>
/// <para>
/// One task per item would also leave the order to Coyote's scheduler. But each of Coyote's tasks is an operating
/// system thread, and threads that carried one message each took half of a run's time.
/// </para>
/// </remarks>
internal sealed class CoyoteWorld
{
    private static readonly TimeSpan TimeOfOneStep = TimeSpan.FromMilliseconds(0.25);

    // The number of consecutive rounds without any step after which only timers can be pending.
    private const int QuietRounds = 6;

    // The world of the current schedule.
    private static CoyoteWorld? _current;

    private readonly CoyoteSimulation _simulation;
    private readonly List<Action> _ready = [];
    private Task _running = Task.CompletedTask;
    private int _quiet;
    private bool _isStopped;

    public CoyoteWorld(CoyoteSimulation simulation) => _simulation = simulation;

    /// <summary>The items that wait for their moment: timers, and operations that are held back.</summary>
    public Agenda Agenda { get; } = new();

    public void Start()
    {
        _current = this;
        _running = Task.Run(Run);
    }

    /// <summary>
    /// Adds an action that the world runs in one of its next rounds, without a delay of virtual time.
    /// </summary>
    /// <param name="action">The action. It may wait only for a lock.</param>
    public void Post(Action action) => _ready.Add(action);

    /// <summary>
    /// Ends the world. The world must not outlive its schedule: Coyote interrupts the remaining tasks only once. A task
    /// that does not wait at that moment would continue, and draw from the choices of the next schedule.
    /// </summary>
    /// <returns>A task that completes when the world has ended.</returns>
    public Task StopAsync()
    {
        _isStopped = true;
        return _running;
    }

    private void Run()
    {
        int pace = 2 << _simulation.Choose(4, "rounds between two timers");
        int order = 2 << _simulation.Choose(3, "one thing in how many is not the next one");
        int burst = 1 << _simulation.Choose(4, "how much happens in one round at most");
        int round = 0;
        while (!_isStopped && _current == this)
        {
            int before = _simulation.Steps;

            // Coyote treats a sleep like Task.Delay, but needs no new task for it. The sleep lasts as many steps as
            // Coyote's scheduler draws.
            Thread.Sleep(1);
            if (_simulation.IsFair)
            {
                RunAll();
                RunDue(_simulation.Steps - before);
            }
            else if (++round % pace == 0)
            {
                RunTimer(order);
            }
            else
            {
                RunSome(burst, order);
            }
        }
    }

    // Actions that are added meanwhile belong to the next round.
    private void RunAll()
    {
        for (int count = _ready.Count; count > 0; count--)
        {
            RunReady(0);
        }
    }

    private void RunSome(int burst, int order)
    {
        for (int count = Math.Min(burst, _ready.Count); count > 0; count--)
        {
            RunReady(_simulation.Choose(order, "not the next one") == 0 ? _simulation.Choose(_ready.Count, "which one") : 0);
        }
    }

    private void RunReady(int place)
    {
        Action action = _ready[place];
        _ready.RemoveAt(place);
        action();
    }

    private void RunTimer(int order)
    {
        if (Agenda.Next() is { } next)
        {
            Run(_simulation.Choose(order, "not the next one") == 0 ? Agenda[_simulation.Choose(Agenda.Count, "which one")] : next);
        }
    }

    private void RunDue(int steps)
    {
        _quiet = steps == 0 ? _quiet + 1 : 0;
        Agenda.Advance(_quiet < QuietRounds ? steps * TimeOfOneStep : TimeSpan.MaxValue);
        while (Agenda.Next() is { } due && due.Due <= Agenda.Now)
        {
            Run(due);
        }
    }

    private void Run(AgendaItem item)
    {
        Agenda.Take(item);
        item.Action();
    }
}
