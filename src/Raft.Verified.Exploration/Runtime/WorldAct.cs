namespace Raft.Verified.Exploration.Runtime;

/// <summary>An act of the simulated world, from its construction to its disposal: see <see cref="ISimulation.BeginAct"/>.</summary>
internal readonly ref struct WorldAct
{
    private readonly ISimulation? _simulation;

    /// <summary>Begins an act.</summary>
    /// <param name="simulation">The world.</param>
    public WorldAct(ISimulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        _simulation = simulation.StepsAreIndivisible ? null : simulation;
        _simulation?.BeginAct();
    }

    /// <summary>Ends the act.</summary>
    public void Dispose() => _simulation?.EndAct();
}
