using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation;
using Raft.Verified.Storage;
using Raft.Verified.Transport;
using Xunit;

namespace Raft.Verified.Tests.Server;

/// <summary>A controlled world with the parts of one server in it.</summary>
internal sealed class LonelyWorld(ControlledRuntime runtime)
{
    private readonly ISimulatedProcess _process = runtime.CreateProcess(1, "S1");
    private TaskCompletionSource? _held;
    private Exception? _broken;

    /// <summary>Runs a test in both clocks.</summary>
    public static void Run(Func<LonelyWorld, Task> test)
    {
        foreach (bool timed in new[] { true, false })
        {
            RandomStrategy strategy = new();
            strategy.Begin(seed: 3, servers: 1, expectedSteps: 100);
            ControlledRuntime runtime = new(strategy, timed, new ScheduleBounds(2000, 20_000));
            runtime.Run(() => test(new LonelyWorld(runtime)));
            Assert.True(runtime.FailedProperty is null, $"{runtime.FailedProperty}: {runtime.FailureMessage}");
        }
    }

    public SimulatedDisk Disk { get; } = new(new ServerId(1), NullRaftObserver.Instance);

    public EchoMachine Machine { get; } = new();

    public int Writes { get; private set; }

    public IRaftObserver Observer { get; set; } = NullRaftObserver.Instance;

    public int Sent { get; private set; }

    public bool LoadsNull { get; set; }

    public async Task<RaftServer> StartAsync(int servers = 1, Func<RaftCoreOptions, RaftCoreOptions>? with = null, long snapshotBytes = 0)
    {
        RaftCoreOptions core = new() { Id = new ServerId(1), Servers = [.. Enumerable.Range(1, servers).Select(i => new ServerId(i))] };
        RaftServer server = await RaftServer.StartAsync(
            new RaftOptions
            {
                Core = with?.Invoke(core) ?? core,
                SnapshotThreshold = 0,
                SnapshotBytes = snapshotBytes,

                // In a schedule without a clock, a limit may be over at once.
                StopTimeout = Timeout.InfiniteTimeSpan,
            },
            new RaftEnvironment
            {
                Storage = LoadsNull ? new EmptyHanded() : new SimulatedStorage(Disk, FlushAsync),
                Transport = new NoTransport(() => Sent++),
                StateMachine = Machine,
                Time = _process.Time,
                Random = _process.Random,
                Tasks = new ProcessTasks(_process),
                Observer = Observer,
            });
        Machine.Server = server;
        return server;
    }

    public async Task LeadsAsync(RaftServer server)
    {
        while (server.GetStatus().Role != Role.Leader || server.GetStatus().AppliedIndex < new LogIndex(1))
        {
            await DelayAsync(50);
        }
    }

    /// <summary>Waits until one of three servers is a candidate, and votes for it in the name of S2.</summary>
    public async Task<Term> WinsAsync(RaftServer server)
    {
        while (server.GetStatus().Role != Role.Leader)
        {
            RaftStatus status = server.GetStatus();
            if (status.Role == Role.Candidate)
            {
                server.Receive(new RequestVoteReply(new ServerId(2), server.Id, status.Term, status.Term, true));
            }

            await NextAsync();
        }

        return server.GetStatus().Term;
    }

    public async Task UntilAppliesAsync()
    {
        while (!Machine.IsApplying)
        {
            await NextAsync();
        }
    }

    /// <summary>Lets a millisecond go by, or one timer.</summary>
    public async Task NextAsync()
    {
        TaskCompletionSource elapsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Time.CreateTimer(_ => elapsed.TrySetResult(), null, TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
        await elapsed.Task;
    }

    public async Task DelayAsync(int milliseconds)
    {
        // In untimed schedules one timer says little: let many go by.
        for (int i = 0; i < (runtime.IsTimed ? 1 : 50); i++)
        {
            TaskCompletionSource elapsed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _process.Time.CreateTimer(_ => elapsed.TrySetResult(), null, TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
            await elapsed.Task;
        }
    }

    public void HoldDisk() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void ReleaseDisk() => _held!.SetResult();

    public void BreakDisk(Exception exception) => _broken = exception;

    private async Task FlushAsync()
    {
        Writes++;
        if (_broken is not null)
        {
            throw _broken;
        }

        if (_held is not null)
        {
            await _held.Task;
        }
    }

    private sealed class EmptyHanded : IRaftStorage
    {
        public ValueTask<DurableState> LoadAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<DurableState>(null!);

        public ValueTask WriteAsync(IReadOnlyList<DurableWrite> writes, CancellationToken cancellationToken = default) => throw new NotSupportedException("nothing was loaded");
    }

    private sealed class NoTransport(Action sent) : IRaftTransport
    {
        public ValueTask SendAsync(Message message, CancellationToken cancellationToken = default)
        {
            sent();
            return ValueTask.CompletedTask;
        }
    }
}
