using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>
/// A cluster of real servers in a simulated world, watched by all monitors. Scenarios act on it. All methods must be
/// called from the scenario's own tasks.
/// </summary>
public sealed class SimulatedCluster
{
    private readonly ISimulation _simulation;
    private readonly ClusterObserver _observer;
    private readonly SimulatedServer[] _servers;
    private readonly List<(Func<bool> Condition, TaskCompletionSource Met)> _conditions = [];
    private readonly List<SimulatedClient> _clients = [];
    private readonly ISimulatedProcess _environment;

    internal SimulatedCluster(ISimulation simulation, ClusterSettings settings, ClusterObserver observer)
    {
        _simulation = simulation;
        _observer = observer;
        Settings = settings;
        ServerIds = Enumerable.Range(1, settings.Servers).Select(i => new ServerId(i)).ToArray();
        Network = new SimulatedNetwork(this, simulation, observer);
        _servers = [.. ServerIds.Select(id => new SimulatedServer(this, simulation, id))];
        _environment = simulation.CreateProcess(0, "scenario");
    }

    /// <summary>The settings of the cluster.</summary>
    public ClusterSettings Settings { get; }

    /// <summary>The engine, for scenarios that need more than the cluster offers.</summary>
    public ISimulation Simulation => _simulation;

    /// <summary>The names of all servers.</summary>
    public IReadOnlyList<ServerId> ServerIds { get; }

    /// <summary>All servers, in the order of their names.</summary>
    public IReadOnlyList<SimulatedServer> Servers => _servers;

    /// <summary>The network.</summary>
    public SimulatedNetwork Network { get; }

    /// <summary>The cluster as reconstructed from its events.</summary>
    public ClusterView View => _observer.Monitors.View;

    /// <summary>
    /// The leader with the newest term among the running servers; null while there is none. Servers that are cut off
    /// may be in newer terms.
    /// </summary>
    public SimulatedServer? Leader => NewestLeader();

    /// <summary>The calls into parts of servers that do not return.</summary>
    public HangingCalls Hangs { get; } = new();

    internal IRaftObserver Observer => _observer;

    /// <summary>True when the cluster checks its servers, too; see <see cref="ScenarioRun"/>.</summary>
    internal bool IsMonitored { get; init; } = true;

    /// <summary>The receiver of every input of every server's core; null for none.</summary>
    internal IInputObserver? Inputs { get; init; }

    /// <summary>Returns the server with the given name.</summary>
    public SimulatedServer this[ServerId server] => _servers[server.Value - 1];

    /// <summary>Starts all servers that are down.</summary>
    public void StartAll()
    {
        foreach (SimulatedServer server in _servers)
        {
            server.Start();
        }
    }

    /// <summary>Creates a client; the first one has number 1.</summary>
    public SimulatedClient CreateClient()
    {
        SimulatedClient client = new(this, _simulation.CreateProcess(0, $"client {_clients.Count + 1}"), _clients.Count + 1);
        _clients.Add(client);
        return client;
    }

    /// <summary>Starts a task that runs beside the scenario.</summary>
    /// <param name="name">The name of the task, for readable schedules.</param>
    /// <param name="body">The body of the task.</param>
    /// <returns>A task that completes as <paramref name="body"/> does.</returns>
    public Task Start(string name, Func<Task> body) => _environment.Start(name, body);

    /// <summary>Waits for a delay in virtual time; in untimed schedules, for any time.</summary>
    public Task DelayAsync(TimeSpan delay) => VirtualDelay.WaitAsync(_environment.Time, delay);

    /// <summary>Waits until a condition holds. The condition is evaluated after every step with an event.</summary>
    /// <param name="condition">The condition; it must be quick and have no side effects.</param>
    public Task UntilAsync(Func<bool> condition)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (condition())
        {
            return Task.CompletedTask;
        }

        TaskCompletionSource met = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _conditions.Add((condition, met));
        return met.Task;
    }

    // Removes a condition that no caller waits for any more.
    private void Forget(Func<bool> condition) => _conditions.RemoveAll(entry => ReferenceEquals(entry.Condition, condition));

    /// <summary>Waits until a condition holds or the patience is exhausted.</summary>
    /// <param name="condition">The condition; it must be quick and have no side effects.</param>
    /// <param name="patience">The longest wait in virtual time; in untimed schedules, any time.</param>
    /// <returns>True when the condition holds.</returns>
    public async Task<bool> UntilAsync(Func<bool> condition, TimeSpan patience)
    {
        using VirtualDelay wait = new(_environment.Time, patience, "patience");
        await Tasks.AnyAsync(UntilAsync(condition), wait.Elapsed);
        Forget(condition);
        return condition();
    }

    /// <summary>Waits until some server leads.</summary>
    /// <returns>The leader of the newest term at that moment; it may be deposed before the caller goes on.</returns>
    public async Task<SimulatedServer> LeaderAsync()
    {
        SimulatedServer? leader = null;
        await UntilAsync(() => (leader = Leader) is not null);
        return leader!;
    }

    /// <summary>
    /// Waits until another server leads, in a newer term than the last one that the given server led.
    /// </summary>
    public async Task<SimulatedServer> LeaderAfterAsync(SimulatedServer deposed)
    {
        ArgumentNullException.ThrowIfNull(deposed);

        // The term must be newer, because a leader that was deposed earlier may not have heard of it yet.
        Term led = View[deposed.Id].Term;
        while (led > Term.Zero && View.LeaderOf(led) != deposed.Id)
        {
            led = new Term(led.Value - 1);
        }

        SimulatedServer? leader = null;
        await UntilAsync(() => (leader = NewestLeader()) is not null && leader != deposed && View[leader.Id].Term > led);
        return leader!;
    }

    /// <summary>Waits until every server that is up has applied every committed entry.</summary>
    public Task AllCaughtUpAsync() => UntilAsync(() =>
    {
        foreach (ServerView server in View.Servers)
        {
            if (server.IsRunning && server.AppliedIndex < View.MaxCommitted)
            {
                return false;
            }
        }

        return true;
    });

    /// <summary>Divides the servers into groups that do not hear each other. A server in no group is alone.</summary>
    public void Partition(params IReadOnlyList<ServerId>[] groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        Network.MendAll();
        foreach (ServerId from in ServerIds)
        {
            foreach (ServerId to in ServerIds)
            {
                if (from != to && !groups.Any(group => group.Contains(from) && group.Contains(to)))
                {
                    Network.Cut(from, to);
                }
            }
        }

        Tell(ServerId.None, new Partitioned(groups));
    }

    /// <summary>Cuts one server off from all others.</summary>
    public void Isolate(SimulatedServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        Partition([.. ServerIds.Where(id => id != server.Id)]);
    }

    /// <summary>Mends all links.</summary>
    public void Heal()
    {
        Network.MendAll();
        Tell(ServerId.None, new Healed());
    }

    /// <summary>
    /// Ends all faults: heals the network, makes it reliable, lets hanging parts return, resumes and restarts every
    /// server. From here on the schedule is fair, and the liveness properties must hold within a bounded time.
    /// </summary>
    /// <param name="stayDown">The servers that are neither resumed nor restarted.</param>
    public void StopFaults(params IReadOnlyList<SimulatedServer> stayDown)
    {
        Heal();
        Network.BecomeReliable();
        Hangs.End();
        foreach (SimulatedServer server in _servers)
        {
            if (!stayDown.Contains(server))
            {
                server.CancelCrash();
                server.Resume();
                server.Start();
            }
        }

        _simulation.BeginFairPhase();
        _observer.FaultsAreOver();
    }

    /// <summary>Adds a remark of the scenario to the event stream.</summary>
    /// <param name="server">The server that the remark is about; none for the network or all servers.</param>
    /// <param name="what">The remark, in a few words.</param>
    public void Say(ServerId server, string what) => Tell(server, new Remark(what));

    /// <summary>Adds an act of the environment to the event stream.</summary>
    /// <param name="server">The affected server; none for the network or all servers.</param>
    /// <param name="act">The act.</param>
    public void Tell(ServerId server, ClusterAct act) => _observer.OnEvent(EnvironmentEvents.Acted(server, act));

    private SimulatedServer? NewestLeader()
    {
        ServerView? newest = null;
        foreach (ServerView server in View.Servers)
        {
            if (server.IsRunning && server.Role == Role.Leader && (newest is null || server.Term > newest.Term))
            {
                newest = server;
            }
        }

        return newest is null ? null : this[newest.Id];
    }

    internal async Task WatchAsync(string name, Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception)
        {
            _simulation.Fail(RuntimeFindings.NoFault, $"{name} failed: {exception.GetType().Name}: {exception.Message}");
        }
    }

    internal void AfterStep()
    {
        if (!_observer.TakeChanged() || _conditions.Count == 0)
        {
            return;
        }

        for (int i = 0; i < _conditions.Count; i++)
        {
            if (_conditions[i].Condition())
            {
                TaskCompletionSource met = _conditions[i].Met;
                _conditions.RemoveAt(i--);
                met.SetResult();
            }
        }
    }
}
