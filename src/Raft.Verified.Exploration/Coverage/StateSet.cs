namespace Raft.Verified.Exploration.Coverage;

/// <summary>
/// A bounded set of 64-bit fingerprints that only grows. It uses open addressing and allocates only to grow.
/// </summary>
/// <param name="limit">The maximum number of fingerprints.</param>
internal sealed class StateSet(int limit)
{
    // 0 is an empty slot; a fingerprint of 0 is kept as 1. At most half of the slots are taken.
    private ulong[] _slots = new ulong[256];

    /// <summary>The number of fingerprints.</summary>
    public int Count { get; private set; }

    /// <summary>True when the set takes no more fingerprints.</summary>
    public bool IsFull => Count >= limit;

    /// <summary>Adds a fingerprint.</summary>
    /// <returns>True when the fingerprint was not in the set, even if it found no room.</returns>
    public bool Add(ulong fingerprint)
    {
        if (fingerprint == 0)
        {
            fingerprint = 1;
        }

        int slot = Find(_slots, fingerprint);
        if (_slots[slot] == fingerprint)
        {
            return false;
        }

        if (IsFull)
        {
            return true;
        }

        _slots[slot] = fingerprint;
        if (++Count * 2 > _slots.Length)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Removes all fingerprints.</summary>
    public void Clear()
    {
        Array.Clear(_slots);
        Count = 0;
    }

    private static int Find(ulong[] slots, ulong fingerprint)
    {
        int mask = slots.Length - 1;
        int slot = (int)(fingerprint >> 32) & mask;
        while (slots[slot] != 0 && slots[slot] != fingerprint)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        ulong[] larger = new ulong[_slots.Length * 2];
        foreach (ulong fingerprint in _slots)
        {
            if (fingerprint != 0)
            {
                larger[Find(larger, fingerprint)] = fingerprint;
            }
        }

        _slots = larger;
    }
}
