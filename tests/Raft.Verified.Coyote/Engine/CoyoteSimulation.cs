using Microsoft.Coyote.Random;
using Microsoft.Coyote.Specifications;
using Raft.Verified.Coyote.Monitors;
using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Coyote.Engine;

/// <summary>
/// Coyote as the engine of a simulated cluster. Coyote's scheduler orders the tasks, and its generator makes the
/// choices. Schedules are untimed: messages and flushes take any time. Only timers follow a clock, whose speed Coyote
/// decides.
/// </summary>
internal sealed class CoyoteSimulation : ISimulation
{
    // The number of operations and acts after which the schedule becomes fair. The other engine bounds its steps
    // likewise.
    private const int UnfairSteps = 800;

    // The maximum time for which an operation is held back, in milliseconds of virtual time. Whole elections and
    // snapshots can overtake it.
    private const int MaxHold = 1500;

    private readonly Generator _generator = Generator.Create();
    private readonly CoyoteWorld _world;
    private readonly int _heldOneIn;
    private int _acts;
    private bool _isOver;

    public CoyoteSimulation()
    {
        _heldOneIn = 2 << Choose(4, "one operation in how many is held back");
        _world = new CoyoteWorld(this);
        _world.Start();
    }

    public TimeSpan Now => _world.Agenda.Now;

    public bool IsTimed => false;

    public bool DrawsFaultMix => true;

    /// <summary>
    /// No bound in virtual time. Coyote's monitors judge liveness in steps: a hot state that lasts is a violation.
    /// </summary>
    public TimeSpan LivenessBound => Timeout.InfiniteTimeSpan;

    /// <summary>
    /// True once the faults are over. From then on, operations keep their order and timers their delays.
    /// </summary>
    public bool IsFair { get; private set; }

    public EventHash? Hash => null;

    public bool StepsAreIndivisible => false;

    /// <summary>The number of operations and acts so far.</summary>
    public int Steps { get; private set; }

    public int Choose(int bound, string what) => bound == 1 || _isOver ? 0 : _generator.NextInteger(bound);

    public bool Happens(double probability, string what) => probability > 0 && !_isOver && _generator.NextInteger(1000) < probability * 1000;

    public void Post(Operation operation, TimeSpan delay, ISimulatedProcess? process)
    {
        CoyoteProcess? owner = (CoyoteProcess?)process;
        Action action = owner is null ? () => Run(operation) : () => owner.Run(operation.Run);
        if (!IsFair && Choose(_heldOneIn, "hold it back") == 1)
        {
            _world.Agenda.Add(TimeSpan.FromMilliseconds(Choose(MaxHold, "ms until it goes on")), action);
        }
        else
        {
            _world.Post(action);
        }
    }

    public ISimulatedProcess CreateProcess(int actor, string name, ProcessClock? clock = null) =>
        new CoyoteProcess(this, _world, actor, name, clock ?? ProcessClock.Exact);

    public void BeginFairPhase()
    {
        if (!IsFair)
        {
            IsFair = true;
            Specification.Monitor<EveryOperationIsAnswered>(new EveryOperationIsAnswered.FaultsEnded());
            Specification.Monitor<ClusterRecovers>(new ClusterRecovers.FaultsEnded());
        }
    }

    public bool HasFailed { get; private set; }

    public void Fail(string property, string message)
    {
        HasFailed = true;
        _ = StopAsync();
        Specification.Assert(false, "{0}: {1}", property, message);
    }

    public void BeginAct()
    {
        if (_acts++ == 0)
        {
            Microsoft.Coyote.Runtime.SchedulingPoint.Suppress();
        }
    }

    public void EndAct()
    {
        if (--_acts == 0)
        {
            Microsoft.Coyote.Runtime.SchedulingPoint.Resume();
        }
    }

    /// <summary>Ends what runs beside the scenario, and then the schedule.</summary>
    public async Task StopAsync()
    {
        await _world.StopAsync();
        End();
    }

    /// <summary>
    /// Ends the schedule: nothing is drawn any more. Coyote interrupts the tasks that are left, but some of them run on a little. A draw of theirs
    /// would get into the trace of the next schedule, or break the list that it is kept in.
    /// </summary>
    public void End() => _isOver = true;

    /// <summary>Counts an operation or an act, and begins the fair phase when their bound is reached.</summary>
    public void Step()
    {
        if (++Steps == UnfairSteps)
        {
            BeginFairPhase();
        }
    }

    private void Run(Operation operation)
    {
        Step();
        operation.Run();
    }
}
