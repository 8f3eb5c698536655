using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Strategies;

/// <summary>
/// The uniform random walk, in which every enabled operation is equally likely. It is the baseline that other
/// strategies must beat.
/// </summary>
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
