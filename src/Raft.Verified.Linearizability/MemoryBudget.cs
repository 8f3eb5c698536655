namespace Raft.Verified.Linearizability;

/// <summary>A memory budget that several searches share. Instances are thread-safe.</summary>
/// <param name="bytes">The size of the budget in bytes; <see cref="long.MaxValue"/> for no bound.</param>
internal sealed class MemoryBudget(long bytes)
{
    private readonly long _bytes = bytes;
    private readonly long _before = bytes == long.MaxValue ? 0 : GC.GetTotalMemory(forceFullCollection: false);
    private long _left = bytes;
    private long _kept;

    /// <summary>
    /// Takes memory from the budget and returns true; returns false and takes nothing when too little is left.
    /// </summary>
    /// <param name="amount">The memory to take, in bytes.</param>
    public bool TryTake(long amount)
    {
        if (Interlocked.Add(ref _left, -amount) >= 0)
        {
            return true;
        }

        Return(amount);
        return false;
    }

    /// <summary>Returns memory to the budget.</summary>
    /// <param name="amount">The memory to return, in bytes.</param>
    public void Return(long amount) => Interlocked.Add(ref _left, amount);

    /// <summary>
    /// Returns true when the process holds more memory than the budget allows; always false without a bound. Only the
    /// garbage collector knows the memory of states, because a model may use any type for them.
    /// </summary>
    public bool IsUsedUp()
    {
        long used = _bytes == long.MaxValue ? 0 : GC.GetTotalMemory(forceFullCollection: false) - _before;
        if (used <= _bytes || used <= Interlocked.Read(ref _kept) + (_bytes / 8))
        {
            return false;
        }

        // Garbage does not count, but a collection takes time. So it runs only after the use has grown by another
        // eighth.
        long kept = GC.GetTotalMemory(forceFullCollection: true) - _before;
        Interlocked.Exchange(ref _kept, kept);
        return kept > _bytes;
    }
}
