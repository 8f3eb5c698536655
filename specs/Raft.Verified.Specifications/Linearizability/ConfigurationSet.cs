using System.Numerics;

namespace Raft.Verified.Specifications.Linearizability;

/// <summary>A set of records of the same number of 64-bit words, in two flat arrays: what the search has seen already.</summary>
internal sealed class ConfigurationSet(int width)
{
    private const int InitialCapacity = 256;

    // Places in _slots hold 1 + the number of a record; 0 is free. At most half of them are taken.
    private int[] _slots = new int[2 * InitialCapacity];
    private ulong[] _records = new ulong[InitialCapacity * width];

    /// <summary>How many records the set has.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a record; false when it is there already.</summary>
    public bool Add(ReadOnlySpan<ulong> record)
    {
        if (2 * (Count + 1) > _slots.Length)
        {
            Grow();
        }

        int slot = FreeSlotOrEqual(record);
        if (_slots[slot] != 0)
        {
            return false;
        }

        record.CopyTo(_records.AsSpan(Count * width));
        Count++;
        _slots[slot] = Count;
        return true;
    }

    private ReadOnlySpan<ulong> Record(int number) => _records.AsSpan(number * width, width);

    private int FreeSlotOrEqual(ReadOnlySpan<ulong> record)
    {
        int mask = _slots.Length - 1;
        int slot = (int)Hash(record) & mask;
        while (_slots[slot] != 0 && !Record(_slots[slot] - 1).SequenceEqual(record))
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        Array.Resize(ref _records, 2 * _records.Length);
        _slots = new int[2 * _slots.Length];
        for (int i = 0; i < Count; i++)
        {
            _slots[FreeSlotOrEqual(Record(i))] = i + 1;
        }
    }

    private static uint Hash(ReadOnlySpan<ulong> record)
    {
        ulong hash = 0;
        foreach (ulong word in record)
        {
            hash = (BitOperations.RotateLeft(hash, 29) ^ word) * 0x9E3779B97F4A7C15;
        }

        return (uint)(hash >> 32);
    }
}
