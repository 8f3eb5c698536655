namespace Raft.Verified.Exploration.Strategies;

/// <summary>Makes the decisions that were made before. Where they no longer fit, it says so and decides for 0.</summary>
/// <param name="decisions">The decisions, in order.</param>
/// <param name="drawsFaultMix">Whether the strategy that made them lets schedules draw their mix of faults.</param>
public sealed class ReplayStrategy(IReadOnlyList<int> decisions, bool drawsFaultMix) : Strategy
{
    private int _next;

    /// <inheritdoc />
    public override string Name => "replay";

    /// <inheritdoc />
    public override bool DrawsFaultMix => drawsFaultMix;

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>Whether some decision was missing, or had a value that is not possible any more.</summary>
    public bool Misfit { get; private set; }

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps) => _next = 0;

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        return ChooseValue(ready.Count);
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound)
    {
        if (_next < decisions.Count && decisions[_next] >= 0 && decisions[_next] < bound)
        {
            return decisions[_next++];
        }

        Misfit = true;
        _next++;
        return 0;
    }

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => ChooseValue(2) == 1;
}
