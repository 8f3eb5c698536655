using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// One server of a simulated cluster through all its lives. The disk stays; process, state machine and server are
/// created again for each life.
/// </summary>
public sealed class SimulatedServer
{
    /// <summary>The subject of the event of a crash that ended the process alone.</summary>
    public const string ProcessDied = "only the process died";

    /// <summary>The name of the draw that decides how many unflushed parts survive a power cut.</summary>
    internal const string SurvivingParts = "unflushed parts that survive";

    private readonly SimulatedCluster _cluster;
    private readonly ISimulation _simulation;
    private readonly Func<TimeSpan?> _drawLateness;
    private ISimulatedProcess? _process;
    private TaskCompletionSource _crashed = NewSignal();

    internal SimulatedServer(SimulatedCluster cluster, ISimulation simulation, ServerId id)
    {
        _cluster = cluster;
        _simulation = simulation;
        _drawLateness = DrawLateness;
        Id = id;
        Disk = new SimulatedDisk(id, cluster.Observer);
    }

    /// <summary>The server's name.</summary>
    public ServerId Id { get; }

    /// <summary>The disk of the server.</summary>
    public SimulatedDisk Disk { get; }

    /// <summary>The running server; null while it is down or starting.</summary>
    public RaftServer? Server { get; private set; }

    /// <summary>The state machine of this life; null while the server is down.</summary>
    public IRaftStateMachine? StateMachine { get; private set; }

    /// <summary>The process of this life, for services that run beside the server; null while it is down.</summary>
    public ISimulatedProcess? Process => _process;

    /// <summary>True when the process is running or paused.</summary>
    public bool IsUp => _process is not null;

    /// <summary>True when the process is paused.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>A task that completes when this life has ended, in a crash or a graceful shutdown.</summary>
    public Task Crashed => _crashed.Task;

    /// <summary>
    /// The part of this life that was made to fail and must stop the server; null while there is none.
    /// </summary>
    public FailingPart? FailedPart { get; private set; }

    /// <summary>The number of unanswered proposals to this life of the server.</summary>
    public int UnansweredProposals => Calls.Count(CallKind.Proposal);

    /// <summary>
    /// The callback at the beginning of each life, after its state machine is created and before any of its code runs;
    /// null for none.
    /// </summary>
    public Action<SimulatedServer>? Starting { get; set; }

    /// <summary>The number of pauses so far.</summary>
    internal int Pauses { get; private set; }

    /// <summary>
    /// The calls made to this life of the server. Each must be answered: after a graceful shutdown, and after the end of all faults. A caller
    /// reads this property before it makes the call: the server may have restarted when the call returns, and its new life owes no answer.
    /// </summary>
    public PendingCalls Calls { get; private set; } = new();

    /// <summary>True when this life has been told to stop.</summary>
    internal bool IsStopping { get; private set; }

    /// <summary>True when a part of this life has failed, which stops it.</summary>
    internal bool HasFaulted { get; set; }

    /// <summary>
    /// The kind of a call that is unanswered at the end of a run without faults; null when there is none.
    /// </summary>
    internal CallKind? FirstUnanswered => Server is null ? null : Calls.FirstUnanswered(
        // A proposal of a deposed leader waits for the next leader's entries. Without empty entries they come only with the next proposal.
        ignoreProposals: !_cluster.Settings.AppendEmptyEntryOnElection);

    /// <summary>Starts the server from its disk. Has no effect when it is up.</summary>
    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        _process = _simulation.CreateProcess(Id.Value, Id.ToString(), new ProcessClock
        {
            Rate = _cluster.Settings.DrawClockRate(_simulation),
            DrawLateness = _drawLateness,
        });
        _crashed = NewSignal();
        Calls = new PendingCalls();
        IsStopping = false;
        HasFaulted = false;
        StateMachine = _cluster.Settings.StateMachine(_process);
        Starting?.Invoke(this);
        ISimulatedProcess process = _process;
        process.Start("start", () => StartAsync(process));
    }

    /// <summary>
    /// Crashes the server now by a power cut. With <see cref="FaultMix.ProcessCrash"/> the schedule may choose a crash
    /// of the process alone.
    /// </summary>
    public void Crash() => Crash(
        _process is not null && _simulation.Happens(_cluster.Network.Faults.ProcessCrash, "only the process dies") ? CrashKind.Process : CrashKind.PowerCut);

    /// <summary>Crashes the server now. A server that is down can still lose the contents of its page cache.</summary>
    /// <param name="kind">The kind of the crash.</param>
    public void Crash(CrashKind kind)
    {
        using WorldAct act = new(_simulation);
        if (_process is null)
        {
            if (kind == CrashKind.PowerCut && Disk.UnflushedParts > 0)
            {
                LosePower();
            }

            return;
        }

        EndLife();
        if (kind == CrashKind.PowerCut)
        {
            LosePower();
        }

        _cluster.Observer.OnEvent(EnvironmentEvents.Crashed(Id, Disk.CurrentTerm, kind == CrashKind.Process ? ProcessDied : null));
        _crashed.TrySetResult();
    }

    /// <summary>
    /// Makes a part fail on purpose. If the failure must stop the server, a task waits for that and starts it again.
    /// </summary>
    /// <param name="part">The part that fails.</param>
    /// <param name="call">The call that fails, as a verb.</param>
    /// <returns>The exception to throw.</returns>
    internal InjectedFaultException Fail(FailingPart part, string call)
    {
        using WorldAct act = new(_simulation);
        FailedPart = part;
        if (part == FailingPart.Storage)
        {
            LosePower();
        }

        _cluster.Tell(Id, new PartFailed(part, call));
        if (Server is { } server)
        {
            WaitForEnd(server);
        }

        return new InjectedFaultException(part, $"{Id} could not {call}");
    }

    /// <summary>Returns a task for a slow call of a part, which completes after the drawn time.</summary>
    internal Task ReturnAfterAsync(ISimulatedProcess process, int maxMilliseconds, string what)
    {
        PartReturns end = new(Id, what);
        int milliseconds = _simulation.IsTimed ? _simulation.Choose(maxMilliseconds + 1, $"ms until {what}") : 0;
        _simulation.Post(end, TimeSpan.FromMilliseconds(milliseconds), process);
        return end.Task;
    }

    /// <summary>Shuts the server down gracefully. Ends early when the process crashes instead.</summary>
    public async Task StopAsync()
    {
        if (Server is not { } server)
        {
            return;
        }

        StopCheck? check = _cluster.IsMonitored ? new(_simulation, this, server) : null;
        check?.BeforeStop();
        IsStopping = true;
        Task stopped = server.StopAsync();
        await Tasks.AnyAsync(stopped, Crashed);
        if (stopped.IsCompleted && Server == server)
        {
            CheckAnswers("has stopped in good order");
            check?.AfterStop(hasFailed: stopped.IsFaulted);
            EndLife();
            _crashed.TrySetResult();
        }
    }

    /// <summary>Crashes the process after it has run some more steps, between any two of its awaits.</summary>
    /// <param name="steps">The number of steps; at least 1.</param>
    public void CrashAfterSteps(int steps) => _process?.AfterSteps(steps, Crash);

    /// <summary>Cancels <see cref="CrashAfterSteps"/>, if the crash has not happened yet.</summary>
    public void CancelCrash() => _process?.AfterSteps(-1, Crash);

    /// <summary>Pauses the process: the network continues to deliver, but no code of the process runs.</summary>
    public void Pause()
    {
        if (_process is not null && !IsPaused)
        {
            IsPaused = true;
            Pauses++;
            _process.Pause();
            _cluster.Tell(Id, new Paused());
        }
    }

    /// <summary>Resumes a paused process.</summary>
    public void Resume()
    {
        if (_process is not null && IsPaused)
        {
            IsPaused = false;
            _cluster.Tell(Id, new Resumed());
            _process.Resume();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task StartAsync(ISimulatedProcess process)
    {
        ProcessBoundary boundary = new(process, this, _cluster, () => FlushAsync(process));
        int threshold = _cluster.Settings.ChooseSnapshotThreshold?.Invoke(_simulation, Id) ?? _cluster.Settings.SnapshotThreshold;
        bool mayFail = _cluster.Settings.Faults.Parts != PartFaults.None;
        Task<RaftServer> starting = RaftServer.StartAsync(
            _cluster.Settings.Options(Id, _cluster.ServerIds, threshold),
            new RaftEnvironment
            {
                Storage = boundary,
                Transport = boundary,
                StateMachine = mayFail ? new FaultyStateMachine(StateMachine!, this, process, _cluster) : StateMachine!,
                Time = process.Time,
                Random = process.Random,
                Tasks = new ProcessTasks(process),
                Observer = boundary,
                Inputs = _cluster.Inputs,
            });
        if (mayFail)
        {
            await Tasks.AnyAsync(starting);
            if (starting.Exception?.InnerException is InjectedFaultException)
            {
                RestartAfterFault(process);
                return;
            }
        }

        RaftServer server = await starting;
        if (process == _process)
        {
            Server = server;
            _cluster.Network.ServerStarted(this, process);
            if (FailedPart is not null)
            {
                WaitForEnd(server);
            }
        }
    }

    private TimeSpan? DrawLateness()
    {
        TimeSpan? lateness = _cluster.Network.Faults.DrawLateness(_simulation);
        if (lateness is not null)
        {
            _cluster.Tell(Id, new CallbackDelayed());
        }

        return lateness;
    }

    private void LosePower() =>
        Disk.Crash(Disk.UnflushedParts == 0 ? 0 : _simulation.Choose(Disk.UnflushedParts + 1, SurvivingParts));

    private void EndLife()
    {
        _process!.Kill();
        _cluster.Network.ServerEnded(this);
        _process = null;
        Server = null;
        StateMachine = null;
        IsPaused = false;
        FailedPart = null;
    }

    private void CheckAnswers(string end)
    {
        if (Calls.FirstUnanswered(directOnly: true) is { } kind)
        {
            _simulation.Fail(PendingCalls.PropertyOf(kind), $"{Id} {end} and left {PendingCalls.Describe(kind)} without an answer");
        }
    }

    // Acts as a service manager: it notices the end of the process, and starts it again.
    private void WaitForEnd(RaftServer server)
    {
        ISimulatedProcess process = _process!;
        _ = _cluster.Start($"{Id} service manager", async () =>
        {
            Task stopped = server.Completion;
            await Tasks.AnyAsync(stopped, Crashed);
            if (process == _process)
            {
                if (stopped.Exception?.InnerException is not InvalidOperationException { InnerException: InjectedFaultException })
                {
                    _simulation.Fail("FaultStopsServer", $"{Id} has stopped because its {FailedPart} failed, and does not say so");
                }

                CheckAnswers("was stopped by a fault");
                RestartAfterFault(process);
            }
        });
    }

    private void RestartAfterFault(ISimulatedProcess process)
    {
        if (process != _process)
        {
            return;
        }

        EndLife();
        _crashed.TrySetResult();
        _ = _cluster.Start($"{Id} service manager", async () =>
        {
            await _cluster.DelayAsync(TimeSpan.FromMilliseconds(20));
            Start();
        });
    }

    private Task FlushAsync(ISimulatedProcess process)
    {
        PartReturns end = new(Id, "disk flushed");
        FaultMix faults = _cluster.Network.Faults;
        int milliseconds = !_simulation.IsTimed ? 0
            : _simulation.Happens(faults.SlowFlush, "slow flush") ? _simulation.Choose(faults.MaxSlowFlush + 1, "ms of slow flush")
            : _simulation.Choose(faults.MaxFlush + 1, "ms of flush");
        _simulation.Post(end, TimeSpan.FromMilliseconds(milliseconds), process);
        return end.Task;
    }
}
