using System.Reflection;
using Raft.Verified.Exploration.Runtime;
using Raft.Verified.Protocol;
using Raft.Verified.Server;

namespace Raft.Verified.Simulation;

/// <summary>A scenario whose runs report their events to a listener.</summary>
/// <param name="scenario">The scenario.</param>
/// <param name="listener">The receiver of every event, after the monitors; null for none.</param>
/// <param name="inputs">The receiver of every input of every server's core; null for none.</param>
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
