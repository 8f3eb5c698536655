namespace Raft.Verified.Exploration.Runtime;

/// <summary>An act of the simulated world, from its construction to its disposal: see <see cref="ISimulation.BeginAct"/>.</summary>
internal readonly ref struct WorldAct
{
    private readonly ISimulation _simulation;

    public WorldAct(ISimulation simulation)
    {
        _simulation = simulation;
        simulation.BeginAct();
    }

    public void Dispose() => _simulation.EndAct();
}
