using System.Numerics;

namespace Raft.Verified.Linearizability;

/// <summary>
/// The set of configurations that a search has visited. It stores records of equal length in two flat arrays.
/// </summary>
/// <param name="width">The length of a record, in 64-bit words.</param>
/// <param name="memory">The budget from which the memory is taken; null for no bound.</param>
internal sealed class ConfigurationSet(int width, MemoryBudget? memory = null)
{
    private const int InitialCapacity = 256;

    // A slot holds 1 + the number of a record; 0 means free. At most half of the slots are taken.
    private int[] _slots = new int[2 * InitialCapacity];
    private ulong[] _records = new ulong[InitialCapacity * width];
    private long _paidFor; // The bytes taken from the budget. The initial arrays are not charged.

    /// <summary>The number of records in the set.</summary>
    public int Count { get; private set; }

    /// <summary>The memory that the set occupies, in bytes.</summary>
    public long Bytes => (_records.LongLength * sizeof(ulong)) + (_slots.LongLength * sizeof(int));

    /// <summary>
    /// Makes room for another record and returns true; returns false when the budget does not allow it. After false, no
    /// record may be added.
    /// </summary>
    public bool HasRoom() => 2L * (Count + 1) <= _slots.Length || TryGrow();

    /// <summary>Returns the memory to the budget. The set must not be used afterwards.</summary>
    public void Release()
    {
        memory?.Return(_paidFor);
        _paidFor = 0;
        (_slots, _records) = ([], []);
    }

    /// <summary>Adds a record and returns true; returns false when the set contains it. There must be room.</summary>
    /// <param name="record">The record, of the set's width.</param>
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

    // While the new arrays are filled, the old ones still exist, so the budget is charged for both.
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
