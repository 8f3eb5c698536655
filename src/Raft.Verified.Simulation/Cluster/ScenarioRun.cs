using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Coverage;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>One run of a scenario on an engine: the scenario itself, then the end of all faults and the liveness phase.</summary>
public sealed class ScenarioRun : IExploredRun
{
    private readonly ISimulation _simulation;
    private readonly Scenario _scenario;
    private readonly ClusterObserver _observer;
    private readonly bool _isMonitored;
    private readonly CoverageCollector? _coverage;
    private readonly StatusWatch? _statuses;
    private readonly Livelock? _livelock;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenario">The scenario to run.</param>
    /// <param name="simulation">The engine to run it on.</param>
    /// <param name="listener">The receiver of every event, after the monitors; null for none.</param>
    /// <param name="isMonitored">
    /// True when monitors and the liveness check are on; otherwise the run ends with the scenario's body.
    /// </param>
    public ScenarioRun(Scenario scenario, ISimulation simulation, IRaftObserver? listener = null, bool isMonitored = true)
        : this(scenario, simulation, listener, isMonitored, null)
    {
    }

    internal ScenarioRun(Scenario scenario, ISimulation simulation, IRaftObserver? listener, bool isMonitored, CoverageCollector? coverage)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _scenario = scenario;
        _simulation = simulation;
        _isMonitored = isMonitored;
        _coverage = coverage;
        Monitors monitors = new(scenario.Cluster.Servers, scenario.Cluster.Model, isMonitored ? scenario.Cluster.CreateProperties(simulation.StepsAreIndivisible) : []);
        _livelock = isMonitored ? new Livelock(scenario.Cluster.Servers, scenario.Cluster.ElectionTimeoutMin) : null;
        _statuses = isMonitored ? new StatusWatch(scenario.Cluster.Servers) : null;
        _observer = new ClusterObserver(simulation, monitors, scenario.Goals, listener, coverage, _livelock);
    }

    /// <summary>The receiver of every input of every server's core; null for none.</summary>
    public IInputObserver? Inputs { get; init; }

    /// <summary>The goals that were reached, as bits in their order.</summary>
    public ulong GoalsReached => _observer.GoalsReached;

    /// <summary>The cluster as reconstructed from its events.</summary>
    public ClusterView View => _observer.Monitors.View;

    /// <summary>The cluster; null before the run has begun.</summary>
    public SimulatedCluster? Cluster { get; private set; }

    /// <summary>The cost of the scenario's body, with its counts in the order of <see cref="ScenarioFigure"/>; null before it has ended.</summary>
    public RunFigures? Figures { get; private set; }

    /// <inheritdoc />
    public RunContents Contents => new(_observer.Faults + (Cluster?.Network.DrawnFaults ?? 0), _observer.Calls);

    /// <inheritdoc />
    ulong IExploredRun.AbstractState => _coverage?.State ?? 0;

    /// <inheritdoc />
    int[] IExploredRun.Counts => _coverage?.Counts ?? [];

    /// <summary>Runs the scenario's body on a new cluster, then the end of all faults and the liveness phase.</summary>
    public async Task RunAsync()
    {
        Cluster = new SimulatedCluster(_simulation, _scenario.Cluster, _observer) { IsMonitored = _isMonitored, Inputs = Inputs };
        Cluster.StartAll();
        await _scenario.Body(Cluster);
        Figures = new RunFigures(_simulation.Now, [Cluster.Network.TotalRequests, Cluster.Network.TotalBytes, View.MaxCommitted.Value]);
        if (!_isMonitored || _simulation.HasFailed)
        {
            return;
        }

        Cluster.StopFaults();
        if (_scenario.Afterwards is { } afterwards)
        {
            // Called synchronously, so that its calls are pending before liveness is checked for the first time.
            _ = Cluster.WatchAsync("afterwards", afterwards(Cluster));
        }

        await CheckLivenessAsync(Cluster);
    }

    /// <summary>
    /// Updates the cluster, the status checks and the coverage. The engine must call it after each step.
    /// </summary>
    public void AfterStep()
    {
        Cluster?.AfterStep();
        if (_statuses is not null && Cluster is not null && _observer.TakeRestated() is var restated and not 0)
        {
            _statuses.AfterStep(Cluster, restated);
        }

        _coverage?.AfterStep(View);
    }

    /// <inheritdoc />
    (string Property, string Message)? IExploredRun.FindRepetition() =>
        _livelock?.Find(View, _simulation.Now) is { } repeated ? (Livelock.Name, repeated) : null;

    /// <summary>Finds a liveness property that does not hold at this moment.</summary>
    /// <returns>The name of the property and a description of the gap; null when all of them hold, or before the run has begun.</returns>
    public (string Property, string Missing)? FindUnmet() => Cluster is { } cluster && !AllMet(cluster) ? FirstUnmet(cluster) : null;

    // All conditions must hold at the same moment, at some time within the bound.
    private async Task CheckLivenessAsync(SimulatedCluster cluster)
    {
        using VirtualDelay bound = new(_simulation.CreateProcess(0, "liveness").Time, _simulation.LivenessBound, "liveness bound");
        Task met = cluster.UntilAsync(() => AllMet(cluster));
        await Tasks.AnyAsync(met, bound.Elapsed);
        if (!met.IsCompleted && !AllMet(cluster))
        {
            (string property, string missing) = FirstUnmet(cluster);
            _simulation.Fail(property, $"{missing}, {_simulation.LivenessBound.TotalSeconds} s after all faults ended");
        }
    }

    private static bool AllMet(SimulatedCluster cluster)
    {
        ClusterView view = cluster.View;
        foreach (ServerView server in view.Servers)
        {
            if (!server.IsRunning)
            {
                return false;
            }
        }

        foreach (LivenessProperty property in Properties.Liveness)
        {
            if (!property.IsMet(view))
            {
                return false;
            }
        }

        foreach (SimulatedServer server in cluster.Servers)
        {
            if (server.FailedPart is not null || server.FirstUnanswered is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static (string Property, string Missing) FirstUnmet(SimulatedCluster cluster)
    {
        if (cluster.Servers.FirstOrDefault(server => server.FailedPart is not null) is { } failed)
        {
            return ("FaultStopsServer", $"{failed.Id} has not stopped, although its {failed.FailedPart} failed");
        }

        ClusterView view = cluster.View;
        foreach (LivenessProperty property in Properties.Liveness)
        {
            if (property.Unmet(view) is { } missing)
            {
                return (property.Name, missing);
            }
        }

        foreach (SimulatedServer server in cluster.Servers)
        {
            if (server.FirstUnanswered is { } kind)
            {
                return (PendingCalls.PropertyOf(kind), $"{server.Id} has not answered {PendingCalls.Describe(kind)} that was made to it");
            }
        }

        return (nameof(EveryServerCaughtUp), $"{view.Servers.First(server => !server.IsRunning).Id} has not come up");
    }
}
