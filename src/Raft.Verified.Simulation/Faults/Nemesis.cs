using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;

namespace Raft.Verified.Simulation;

/// <summary>
/// A nemesis (the word is Jepsen's): it injects faults at moments and of kinds that the schedule chooses. When its
/// budget is spent, it leaves the cluster in its present condition.
/// </summary>
public sealed class Nemesis
{
    private readonly SimulatedCluster _cluster;
    private readonly ISimulation _simulation;
    private readonly List<Action> _actions = [];

    /// <summary>Prepares a nemesis.</summary>
    /// <param name="cluster">The cluster it works on.</param>
    /// <param name="actions">The actions that it may take.</param>
    public Nemesis(SimulatedCluster cluster, NemesisActions actions)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _cluster = cluster;
        _simulation = cluster.Simulation;
        if (actions.HasFlag(NemesisActions.CrashAndRestart))
        {
            // Restarts are listed twice: otherwise most servers would be down most of the time.
            _actions.AddRange([CrashNow, CrashSoon, CrashLeaderSoon, RestartOne, RestartOne]);
        }

        if (actions.HasFlag(NemesisActions.Partition))
        {
            _actions.AddRange([PartitionRandomly, CutOneDirection, IsolateLeader, cluster.Heal]);
        }

        if (actions.HasFlag(NemesisActions.Pause))
        {
            _actions.AddRange([PauseOne, ResumeAll]);
        }
    }

    /// <summary>The longest time between two actions, in milliseconds.</summary>
    public int MaxPause { get; init; } = 400;

    /// <summary>Takes the given number of actions.</summary>
    public async Task RunAsync(int budget)
    {
        for (int i = 0; i < budget; i++)
        {
            await _cluster.DelayAsync(TimeSpan.FromMilliseconds(_simulation.Choose(MaxPause, "ms until the nemesis acts")));
            _actions[_simulation.Choose(_actions.Count, "what the nemesis does")]();
        }
    }

    private SimulatedServer Pick() => _cluster.Servers[_simulation.Choose(_cluster.Servers.Count, "whom the nemesis picks")];

    private int PickSteps() => 1 + _simulation.Choose(24, "steps until the crash");

    private void CrashNow() => Pick().Crash();

    private void CrashSoon() => Pick().CrashAfterSteps(PickSteps());

    private void CrashLeaderSoon() => _cluster.Leader?.CrashAfterSteps(PickSteps());

    private void RestartOne()
    {
        SimulatedServer server = Pick();
        for (int i = 0; i < _cluster.Servers.Count && server.IsUp; i++)
        {
            server = _cluster.Servers[server.Id.Value % _cluster.Servers.Count];
        }

        server.Start();
    }

    private void PartitionRandomly()
    {
        List<ServerId> left = [];
        List<ServerId> right = [];
        int sides = _simulation.Choose(1 << _cluster.Servers.Count, "sides of the partition");
        foreach (ServerId server in _cluster.ServerIds)
        {
            ((sides >> (server.Value - 1)) % 2 == 0 ? left : right).Add(server);
        }

        _cluster.Partition(left, right);
    }

    private void CutOneDirection()
    {
        SimulatedServer from = Pick();
        SimulatedServer to = Pick();
        if (from != to)
        {
            _cluster.Network.Cut(from.Id, to.Id);
            _cluster.Tell(from.Id, new LinkCut(to.Id));
        }
    }

    private void IsolateLeader()
    {
        if (_cluster.Leader is { } leader)
        {
            _cluster.Isolate(leader);
        }
    }

    private void PauseOne() => Pick().Pause();

    private void ResumeAll()
    {
        foreach (SimulatedServer server in _cluster.Servers)
        {
            server.Resume();
        }
    }
}
