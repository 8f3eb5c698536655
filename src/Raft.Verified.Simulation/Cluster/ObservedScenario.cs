using System.Reflection;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation;

/// <summary>A scenario whose runs tell somebody what happens in them.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="listener">Told of every event, after the monitors; null for nobody.</param>
/// <param name="inputs">Told of every input of every server's core; null for nobody.</param>
internal sealed class ObservedScenario(Scenario scenario, IRaftObserver? listener, IInputObserver? inputs) : IExplorable
{
    private readonly IExplorable _program = scenario;

    public string Name => _program.Name;

    public Assembly Assembly => _program.Assembly;

    public Clocks Clocks => _program.Clocks;

    public int Actors => _program.Actors;

    public int UnfairSteps => _program.UnfairSteps;

    public IReadOnlyList<string> GoalNames => _program.GoalNames;

    public ActorIdentity? Identity => _program.Identity;

    public bool IsEventual(string property) => _program.IsEventual(property);

    public IExploredRun Begin(ISimulation simulation, RunOptions options) => scenario.Begin(simulation, options, listener, inputs);
}
