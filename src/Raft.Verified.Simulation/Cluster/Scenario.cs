using System.Reflection;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;
using Raft.Verified.Simulation.Coverage;
using Raft.Verified.Specifications;

namespace Raft.Verified.Simulation;

/// <summary>A scenario to explore: an asynchronous method over a simulated cluster, and its purpose.</summary>
public sealed record Scenario : IExplorable
{
    private static readonly ActorIdentity ServerIdentity = new(typeof(ServerId), static server => ((ServerId)server).Value);

    /// <summary>The name that users give: lower case, words joined by hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The course of the scenario and the bugs that it looks for, in a line.</summary>
    public string LooksFor { get; init; } = "a violation of any property";

    /// <summary>The faults, in a few words.</summary>
    public string Faults { get; init; } = "those of the cluster's settings and of the body";

    /// <summary>The settings of the cluster.</summary>
    public required ClusterSettings Cluster { get; init; }

    /// <summary>
    /// The body of the scenario. All servers are started before it; afterwards faults end and liveness is checked.
    /// </summary>
    public required Func<SimulatedCluster, Task> Body { get; init; }

    /// <summary>
    /// The client calls after the end of faults, in addition to the liveness check, because a healthy cluster accepts
    /// new commands. Null for none.
    /// </summary>
    public Func<SimulatedCluster, Task>? Afterwards { get; init; }

    /// <summary>The events that must happen sometimes; at most 64.</summary>
    public IReadOnlyList<Goal> Goals { get; init; } = [];

    /// <summary>The clocks in which the scenario makes sense.</summary>
    public Clocks Clocks { get; init; } = Clocks.Both;

    /// <summary>
    /// The number of steps after which an untimed schedule becomes fair, unless the user says otherwise.
    /// </summary>
    public int UnfairSteps { get; init; } = ScheduleBounds.DefaultUnfairSteps;

    /// <summary>
    /// The assembly whose build a schedule names, together with its references. The default is the assembly that
    /// contains <see cref="Body"/>.
    /// </summary>
    public Assembly Assembly
    {
        get => field ?? Body.Method.Module.Assembly;
        init;
    }

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

    /// <summary>Returns the scenario with listeners that its runs report to.</summary>
    /// <param name="listener">The receiver of every event, after the monitors; null for none.</param>
    /// <param name="inputs">The receiver of every input of every server's core; null for none.</param>
    public IExplorable ObservedBy(IRaftObserver? listener, IInputObserver? inputs = null) => new ObservedScenario(this, listener, inputs);

    /// <inheritdoc />
    public override string ToString() => Name;

    internal ScenarioRun Begin(ISimulation simulation, RunOptions options, IRaftObserver? listener, IInputObserver? inputs) =>
        new(this, simulation, listener, options.IsMonitored, options.CollectsCoverage ? new CoverageCollector(Cluster.Servers) : null) { Inputs = inputs };
}
