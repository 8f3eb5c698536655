using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>Every enabled operation is equally likely: the uniform random walk, the baseline that others must beat.</summary>
public sealed class RandomStrategy : RandomizedStrategy
{
    /// <inheritdoc />
    public override string Name => "random";

    /// <inheritdoc />
    public override int ChooseOperation(ReadyOperations ready, int step)
    {
        ArgumentNullException.ThrowIfNull(ready);
        return Random.Next(ready.Count);
    }
}
