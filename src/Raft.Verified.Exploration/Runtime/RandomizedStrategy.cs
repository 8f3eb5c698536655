
namespace Raft.Verified.Exploration.Runtime;

/// <summary>A strategy that draws values uniformly from its seed.</summary>
public abstract class RandomizedStrategy : Strategy
{
    private SplitMix _random;

    /// <summary>The randomness of the schedule.</summary>
    protected ref SplitMix Random => ref _random;

    /// <inheritdoc />
    public override void Begin(ulong seed, int servers, int expectedSteps) => _random = new SplitMix(seed);

    /// <inheritdoc />
    public override int ChooseValue(int bound) => _random.Next(bound);

    /// <inheritdoc />
    public override bool ChooseFault(double probability) => _random.Happens(probability);
}
