namespace Raft.Verified.Exploration.Runtime;

/// <summary>An act of the simulated world, from its construction to its disposal: see <see cref="ISimulation.BeginAct"/>.</summary>
internal readonly ref struct WorldAct
{
    private readonly ISimulation? _simulation;

    public WorldAct(ISimulation simulation)
    {
        // This project's engine has nothing to do there, and there are two acts for each of millions of events.
        _simulation = simulation is ControlledRuntime ? null : simulation;
        _simulation?.BeginAct();
    }

    public void Dispose() => _simulation?.EndAct();
}
