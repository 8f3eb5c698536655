using System.Reflection;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Coverage;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>What is explored: an asynchronous method over a simulated cluster, and what it is for.</summary>
public sealed record Scenario : IExplorable
{
    private static readonly ActorIdentity ServerIdentity = new(typeof(ServerId), static server => ((ServerId)server).Value);

    /// <summary>The name users give: lower case, words joined by hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>What happens, and what it looks for, in a line.</summary>
    public required string LooksFor { get; init; }

    /// <summary>The faults, in a few words.</summary>
    public required string Faults { get; init; }

    /// <summary>What the cluster is made of.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>What happens. All servers have been started before; faults are stopped and liveness is checked afterwards.</summary>
    public required Func<SimulatedCluster, Task> Body { get; init; }

    /// <summary>
    /// What clients still ask for when the faults are over, beside the check of liveness: a cluster that is healthy takes new commands. Null for nothing.
    /// </summary>
    public Func<SimulatedCluster, Task>? Afterwards { get; init; }

    /// <summary>What must sometimes happen; at most 64.</summary>
    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>In which clocks the scenario makes sense.</summary>
    public Clocks Clocks { get; init; } = Clocks.Both;

    /// <summary>After how many steps an untimed schedule becomes fair, unless the user says otherwise.</summary>
    public int UnfairSteps { get; init; } = 3000;

    /// <summary>The assembly that <see cref="Body"/> is in.</summary>
    public Assembly Assembly => Body.Method.Module.Assembly;

    /// <inheritdoc />
    int IExplorable.Actors => Cluster.Servers;

    /// <inheritdoc />
    IReadOnlyList<string> IExplorable.GoalNames => [.. Goals.Select(goal => goal.Name)];

    /// <inheritdoc />
    ActorIdentity IExplorable.Identity => ServerIdentity;

    /// <inheritdoc />
    bool IExplorable.IsEventual(string property) => property == Livelock.Name || Properties.Liveness.Any(liveness => liveness.Name == property);

    /// <inheritdoc />
    IExploredRun IExplorable.Begin(ISimulation simulation, RunOptions options) => Begin(simulation, options, null, null);

    /// <summary>Returns the scenario for an engine that also tells somebody what happens in it.</summary>
    /// <param name="listener">Told of every event, after the monitors; null for nobody.</param>
    /// <param name="inputs">Told of every input of every server's core; null for nobody.</param>
    public IExplorable ObservedBy(IRaftObserver? listener, IInputObserver? inputs = null) => new ObservedScenario(this, listener, inputs);

    /// <inheritdoc />
    public override string ToString() => Name;

    internal ScenarioRun Begin(ISimulation simulation, RunOptions options, IRaftObserver? listener, IInputObserver? inputs) =>
        new(this, simulation, listener, options.IsMonitored, options.CollectsCoverage ? new CoverageCollector(Cluster.Servers) : null) { Inputs = inputs };
}
