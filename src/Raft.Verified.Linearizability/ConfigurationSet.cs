using System.Numerics;

namespace Raft.Verified.Linearizability;

/// <summary>A set of records of the same number of 64-bit words, in two flat arrays: what the search has seen already.</summary>
/// <param name="width">The number of words of a record.</param>
/// <param name="memory">The budget that its memory is taken from; null for no bound.</param>
internal sealed class ConfigurationSet(int width, MemoryBudget? memory = null)
{
    private const int InitialCapacity = 256;

    // Places in _slots hold 1 + the number of a record; 0 is free. At most half of them are taken.
    private int[] _slots = new int[2 * InitialCapacity];
    private ulong[] _records = new ulong[InitialCapacity * width];
    private long _paidFor; // Of the memory: the first arrays are for free.

    /// <summary>How many records the set has.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that the set takes.</summary>
    public long Bytes => (_records.LongLength * sizeof(ulong)) + (_slots.LongLength * sizeof(int));

    /// <summary>Whether there is room for another record: made if need be. Once there is none, nothing may be added any more.</summary>
    public bool HasRoom() => 2L * (Count + 1) <= _slots.Length || TryGrow();

    /// <summary>Gives its memory back; it must not be used any more.</summary>
    public void Release()
    {
        memory?.Return(_paidFor);
        _paidFor = 0;
        (_slots, _records) = ([], []);
    }

    /// <summary>Adds a record; false when it is there already. There must be room.</summary>
    public bool Add(ReadOnlySpan<ulong> record)
    {

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

    // The old arrays stand beside the new ones while these are filled, and are paid for until then.
    private bool TryGrow()
    {
        long after = 2 * Bytes;
        if (2 * _records.LongLength > Array.MaxLength || 2 * _slots.LongLength > Array.MaxLength || memory?.TryTake(after) == false)
        {
            return false;
        }

        Array.Resize(ref _records, 2 * _records.Length);
        _slots = new int[2 * _slots.Length];
        for (int i = 0; i < Count; i++)
        {
            _slots[FreeSlotOrEqual(Record(i))] = i + 1;
        }

        memory?.Return(_paidFor);
        _paidFor = after;
        return true;
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
