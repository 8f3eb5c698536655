namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// What happens outside the programs: messages arrive, flushes end, timers run out. One task does it all, one thing after the other, in an order that
/// Coyote's generator draws; when it gets to run between the steps of the servers' tasks is Coyote's to schedule. While there are faults anything pending may be
/// next, however far off it is. Afterwards time follows what happens, so that what takes a few steps gets done before what waits for long, and leaps
/// when nothing does.
/// </summary>
/// <remarks>
/// A task for each of these things would leave the order to Coyote's scheduler too, but to it every task is a thread of the machine: half of a run's
/// time went into threads that carried one message each.
/// </remarks>
internal sealed class CoyoteWorld
{
    private static readonly TimeSpan TimeOfOneStep = TimeSpan.FromMilliseconds(0.25);

    // So many rounds in a row without a step of anybody: nothing but timers is left to happen.
    private const int QuietRounds = 6;

    // The world of the schedule that runs now.
    private static CoyoteWorld? _current;

    private readonly CoyoteSimulation _simulation;
    private readonly List<Action> _ready = [];
    private Task _running = Task.CompletedTask;
    private int _quiet;
    private bool _isStopped;

    public CoyoteWorld(CoyoteSimulation simulation) => _simulation = simulation;

    /// <summary>What waits for its time: timers, and operations that are held back.</summary>
    public Agenda Agenda { get; } = new();

    public void Start()
    {
        _current = this;
        _running = Task.Run(Run);
    }

    /// <summary>Lets something happen soon.</summary>
    /// <param name="action">What; must not wait for anything but a lock.</param>
    public void Post(Action action) => _ready.Add(action);

    /// <summary>
    /// Ends the world. It must not outlive its schedule: Coyote interrupts the tasks that are left over, once, and one that does not wait at that
    /// moment and never ends by itself would go on and draw from the choices of the next schedule.
    /// </summary>
    /// <returns>A task that completes when it stands.</returns>
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

            // Coyote treats a sleep as it treats Task.Delay, without a new task for each: it lasts as many steps as its scheduler draws.
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

    // What comes up meanwhile is for the next round.
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

