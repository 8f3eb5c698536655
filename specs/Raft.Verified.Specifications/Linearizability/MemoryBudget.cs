namespace Raft.Verified.Specifications.Linearizability;

/// <summary>Memory that several searches share. Safe for concurrent use.</summary>
/// <param name="bytes">How many bytes there are.</param>
internal sealed class MemoryBudget(long bytes)
{
    private long _left = bytes;

    /// <summary>Takes some memory; false, and none is taken, when there is not so much left.</summary>
    public bool TryTake(long amount)
    {
        if (Interlocked.Add(ref _left, -amount) >= 0)
        {
            return true;
        }

        Return(amount);
        return false;
    }

    /// <summary>Gives some memory back.</summary>
    public void Return(long amount) => Interlocked.Add(ref _left, amount);
}
