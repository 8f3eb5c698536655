using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// A strategy that makes the decisions of an earlier run. A decision that no longer fits sets <see cref="Misfit"/> and
/// becomes 0.
/// </summary>
/// <param name="decisions">The decisions, in order.</param>
/// <param name="drawsFaultMix">
/// True when the strategy that made the decisions lets schedules draw their mix of faults.
/// </param>
/// <param name="goesOnFairly">True when the schedule continues fairly after the last decision.</param>
public sealed class ReplayStrategy(IReadOnlyList<int> decisions, bool drawsFaultMix, bool goesOnFairly = false) : Strategy
{
    private readonly FairOrder _fair = new();
    private int _next;

    /// <inheritdoc />
    public override string Name => "replay";

    /// <inheritdoc />
    public override bool DrawsFaultMix => drawsFaultMix;

    /// <inheritdoc />
    public override bool SeesForcedChoices => true;

    /// <summary>True when a decision was missing, or had a value that is no longer possible.</summary>
    public bool Misfit { get; private set; }

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps) => _next = 0;

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        return IsInTail ? FairOrder.ChooseOperation(ready) : Repeat(ready.Count);
    }

    /// <inheritdoc />
    public override int ChooseValue(int bound) => IsInTail ? _fair.ChooseValue(bound) : Repeat(bound);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => IsInTail ? _fair.ChooseFault(probability) : Repeat(2) == 1;

    private bool IsInTail => goesOnFairly && _next >= decisions.Count;

    private int Repeat(int bound)
    {
        if (_next < decisions.Count && decisions[_next] >= 0 && decisions[_next] < bound)
        {
            return decisions[_next++];
        }

        Misfit = true;
        _next++;
        return 0;
    }
}
