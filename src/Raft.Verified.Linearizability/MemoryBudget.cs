namespace Raft.Verified.Linearizability;

/// <summary>Memory that several searches share. Safe for concurrent use.</summary>
/// <param name="bytes">How many bytes there are.</param>
internal sealed class MemoryBudget(long bytes)
{
    private readonly long _bytes = bytes;
    private readonly long _before = bytes == long.MaxValue ? 0 : GC.GetTotalMemory(forceFullCollection: false);
    private long _left = bytes;
    private long _kept;

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

    /// <summary>
    /// Whether the process keeps more memory than there is. States are what a model makes of them, so that nobody but the collector can tell how much
    /// memory they take. Always false without a bound.
    /// </summary>
    public bool IsUsedUp()
    {
        long used = _bytes == long.MaxValue ? 0 : GC.GetTotalMemory(forceFullCollection: false) - _before;
        if (used <= _bytes || used <= Interlocked.Read(ref _kept) + (_bytes / 8))
        {
            return false;
        }

        // Garbage does not count, but to tell it from the rest takes time: only when another eighth has come.
        long kept = GC.GetTotalMemory(forceFullCollection: true) - _before;
        Interlocked.Exchange(ref _kept, kept);
        return kept > _bytes;
    }
}
