using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Simulation.Lab;
using Raft.Verified.Tests.Exploration;
using Xunit;

namespace Raft.Verified.Tests.Lab;

/// <summary>A lab network with one server that echoes, and a caller.</summary>
internal sealed class LabWorld
{
    public const string ServerName = "server";

    private readonly ISimulation _simulation;
    private readonly ISimulatedProcess _serverProcess;
    private readonly ISimulatedProcess _caller;

    private LabWorld(ISimulation simulation)
    {
        _simulation = simulation;
        Network = new LabNetwork(simulation);
        _serverProcess = simulation.CreateProcess(1, ServerName);
        _caller = simulation.CreateProcess(0, "caller");
        Server = AddServer();
    }

    public LabNetwork Network { get; }

    public LabServer Server { get; }

    /// <summary>The requests that handlers were given, in the order in which they began.</summary>
    public List<int> Handled { get; } = [];

    public TimeSpan Now => _simulation.Now;

    /// <summary>Runs a program in timed worlds of several seeds; every one of them must come to its end.</summary>
    public static void Run(Func<LabWorld, Task> program, int seeds = 20)
    {
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            Strategy strategy = new Portfolio(Portfolio.Name).Named("random");
            strategy.Begin(seed, servers: 1, expectedSteps: 1000);
            ControlledRuntime runtime = new(strategy, timed: true, new ScheduleBounds(1, 2_000_000));
            runtime.Run(() => program(new LabWorld(runtime)));
            Assert.True(runtime.FailedProperty is null, $"seed {seed}: {runtime.FailedProperty}: {runtime.FailureMessage}");
        }
    }

    public LabServer AddServer() => Network.Register(ServerName, this, _serverProcess, actor: 1);

    public LabEnd End(bool enabled = true)
    {
        LabEnd end = Network.CreateEnd("caller", ServerName);
        end.IsEnabled = enabled;
        return end;
    }

    public Task<LabReply<int>> Call(LabEnd end, int value, int requestBytes = 4, int replyBytes = 4, int handlerMs = 0) =>
        Network.CallAsync(end, $"echo {value}", requestBytes, async server =>
        {
            Handled.Add(value);
            if (handlerMs > 0)
            {
                await World.Delay(server.Process, handlerMs);
            }

            return (value, replyBytes);
        });

    public Task Start(Func<Task> body) => _caller.Start("caller", body);

    public Task DelayAsync(int milliseconds) => World.Delay(_caller, milliseconds);

    /// <summary>Makes a call, and returns its time in milliseconds and its result.</summary>
    public async Task<(double Milliseconds, LabReply<int> Reply)> TimeAsync(Task<LabReply<int>> call)
    {
        TimeSpan began = Now;
        LabReply<int> reply = await call;
        return ((Now - began).TotalMilliseconds, reply);
    }
}
