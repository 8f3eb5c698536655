using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>Chooses what the script has chosen: it searches for nothing.</summary>
/// <param name="draw">Gives the value that the server with this number draws, of so many possible ones; number 0 for a choice of the environment.</param>
internal sealed class ScriptStrategy(Func<int, int, int> draw) : Strategy
{
    /// <inheritdoc />
    public override string Name => "script";

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>The operation to run next.</summary>
    public int NextChoice { get; set; }

    /// <summary>The server whose operation runs; 0 outside of any.</summary>
    public int Actor { get; set; }

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps)
    {
    }

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step) => NextChoice;

    /// <inheritdoc />
    public override int ChooseValue(int bound) => draw(Actor, bound);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => false;
}
