using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Storage;

namespace Raft.Verified.Exploration.Simulation;

/// <summary>One server of a simulated cluster through all its lives: the disk stays, process, state machine and server are made anew.</summary>
public sealed class SimulatedServer
{
    private readonly SimulatedCluster _cluster;
    private readonly ISimulation _simulation;
    private ISimulatedProcess? _process;
    private TaskCompletionSource _crashed = NewSignal();

    internal SimulatedServer(SimulatedCluster cluster, ISimulation simulation, ServerId id)
    {
        _cluster = cluster;
        _simulation = simulation;
        Id = id;
        Disk = new InMemoryDisk(id, cluster.Observer);
    }

    /// <summary>The server's name.</summary>
    public ServerId Id { get; }

    /// <summary>Its disk.</summary>
    public InMemoryDisk Disk { get; }

    /// <summary>The running server; null while it is down or starting.</summary>
    public RaftServer? Server { get; private set; }

    /// <summary>The state machine of this life.</summary>
    public IStateMachine? StateMachine { get; private set; }

    /// <summary>The process of this life, for services that run beside the server; null while it is down.</summary>
    public ISimulatedProcess? Process => _process;

    /// <summary>Whether the process is there.</summary>
    public bool IsUp => _process is not null;

    /// <summary>Whether the process is paused.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Completes when this life has ended, in a crash or in good order.</summary>
    public Task Crashed => _crashed.Task;

    /// <summary>Called at the beginning of each life, when its state machine is made and nothing has run yet; null for nobody.</summary>
    public Action<SimulatedServer>? Starting { get; set; }

    /// <summary>The proposals made to this life of the server.</summary>
    internal List<Task> Proposals { get; } = [];

    /// <summary>Starts the server from its disk. Without effect when it is up.</summary>
    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        _process = _simulation.CreateProcess(Id.Value, Id.ToString());
        _crashed = NewSignal();
        Proposals.Clear();
        StateMachine = _cluster.Settings.StateMachine(_process);
        Starting?.Invoke(this);
        ISimulatedProcess process = _process;
        process.Tasks.Start("start", () => StartAsync(process));
    }

    /// <summary>Kills the process now; of what its disk had not flushed, a part chosen by the schedule survives.</summary>
    public void Crash()
    {
        if (_process is null)
        {
            return;
        }

        using WorldAct act = new(_simulation);
        _process.Kill();
        _cluster.Network.ServerEnded(this);
        _process = null;
        Server = null;
        StateMachine = null;
        IsPaused = false;
        Disk.Crash(Disk.UnflushedParts == 0 ? 0 : _simulation.Choose(Disk.UnflushedParts + 1, "unflushed parts that survive"));
        RaftEvent crashed = new() { Kind = RaftEventKind.Crashed, Server = Id, Term = Disk.CurrentTerm };
        _cluster.Observer.On(in crashed);
        _crashed.TrySetResult();
    }

    /// <summary>Stops the server in good order. Ends early when the process crashes instead.</summary>
    public async Task StopAsync()
    {
        if (Server is not { } server)
        {
            return;
        }

        Task stopped = server.StopAsync();
        await Tasks.AnyAsync(stopped, Crashed);
        if (stopped.IsCompleted && Server == server)
        {
            if (Proposals.Exists(proposal => !proposal.IsCompleted))
            {
                _simulation.Fail("EveryProposalAnswered", $"{Id} has stopped in good order and left a proposal without an answer");
            }

            _process!.Kill();
            _cluster.Network.ServerEnded(this);
            _process = null;
            Server = null;
            StateMachine = null;
            _crashed.TrySetResult();
        }
    }

    /// <summary>Crashes the process after it has run some more steps: between any two of its awaits.</summary>
    /// <param name="steps">How many; at least 1.</param>
    public void CrashAfterSteps(int steps) => _process?.AfterSteps(steps, Crash);

    /// <summary>Takes back <see cref="CrashAfterSteps"/>, if the crash has not come yet.</summary>
    public void CancelCrash() => _process?.AfterSteps(-1, Crash);

    /// <summary>Pauses the process: the network goes on delivering, nothing in it runs.</summary>
    public void Pause()
    {
        if (_process is not null && !IsPaused)
        {
            IsPaused = true;
            _process.Pause();
            _cluster.Say(Id, "paused");
        }
    }

    /// <summary>Lets a paused process go on.</summary>
    public void Resume()
    {
        if (_process is not null && IsPaused)
        {
            IsPaused = false;
            _cluster.Say(Id, "resumed");
            _process.Resume();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task StartAsync(ISimulatedProcess process)
    {
        ProcessBoundary boundary = new(process, _cluster, Disk, () => FlushAsync(process));
        RaftServer server = await RaftServer.StartAsync(
            _cluster.Settings.Options(Id, _cluster.ServerIds),
            new RaftEnvironment
            {
                Storage = boundary,
                Transport = boundary,
                StateMachine = StateMachine!,
                Time = process.Time,
                Random = process.Random,
                Tasks = process.Tasks,
                Observer = boundary,
            });
        if (process == _process)
        {
            Server = server;
            _cluster.Network.ServerStarted(this, process);
        }
    }

    private Task FlushAsync(ISimulatedProcess process)
    {
        FlushEnd end = new(Id);
        FaultMix faults = _cluster.Network.Faults;
        int milliseconds = !_simulation.IsTimed ? 0
            : _simulation.Happens(faults.SlowFlush, "slow flush") ? _simulation.Choose(faults.MaxSlowFlush + 1, "ms of slow flush")
            : _simulation.Choose(faults.MaxFlush + 1, "ms of flush");
        _simulation.Post(end, TimeSpan.FromMilliseconds(milliseconds), process);
        return end.Task;
    }

    /// <summary>The end of a flush.</summary>
    private sealed class FlushEnd(ServerId server) : Operation
    {
        private readonly TaskCompletionSource _completion = NewSignal();

        public Task Task => _completion.Task;

        public override OperationKind Kind => OperationKind.Disk;

        public override int Actor => server.Value;

        public override void Run() => _completion.SetResult();

        public override string ToString() => $"{server} disk flushed";
    }
}
