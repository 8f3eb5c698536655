using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Simulation.Scripts;

/// <summary>A strategy that returns the choices of the script, without any search.</summary>
/// <param name="draw">
/// A function that returns the value that the server with this number draws; the second argument is the number of
/// possible values. Number 0 stands for the environment.
/// </param>
internal sealed class ScriptStrategy(Func<int, int, int> draw) : Strategy
{
    /// <inheritdoc />
    public override string Name => "script";

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>The operation to run next.</summary>
    public int NextChoice { get; set; }

    /// <summary>The server whose operation runs; 0 outside of any operation.</summary>
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
