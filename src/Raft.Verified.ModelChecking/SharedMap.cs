namespace Raft.Verified.ModelChecking;

/// <summary>
/// A thread-safe map from numbers to numbers, whose readers take no lock. Entries are never removed or changed.
/// </summary>
internal sealed class SharedMap
{
    private readonly Lock _lock = new();
    private Slots _slots = new(64);

    /// <summary>Finds the value of a key.</summary>
    /// <returns>False when the key has no value.</returns>
    public bool TryGet(ulong key, out long value)
    {
        Slots slots = Volatile.Read(ref _slots);
        for (int i = slots.PlaceOf(key); ; i = (i + 1) & slots.Mask)
        {
            ulong there = Volatile.Read(ref slots.Keys[i]);
            if (there == key + 1)
            {
                value = slots.Values[i];
                return true;
            }

            if (there == 0)
            {
                value = 0;
                return false;
            }
        }
    }

    /// <summary>Adds a value, unless the key already has one.</summary>
    public void Add(ulong key, long value)
    {
        lock (_lock)
        {
            if (TryGet(key, out _))
            {
                return;
            }

            if ((_slots.Count + 1) * 2 > _slots.Keys.Length)
            {
                Slots more = new(_slots.Keys.Length * 2);
                for (int i = 0; i < _slots.Keys.Length; i++)
                {
                    if (_slots.Keys[i] != 0)
                    {
                        more.Put(_slots.Keys[i] - 1, _slots.Values[i]);
                    }
                }

                Volatile.Write(ref _slots, more);
            }

            _slots.Put(key, value);
        }
    }

    private sealed class Slots(int capacity)
    {
        public readonly ulong[] Keys = new ulong[capacity];
        public readonly long[] Values = new long[capacity];
        public readonly int Mask = capacity - 1;
        private readonly int _shift = 64 - int.Log2(capacity);

        public int Count { get; private set; }

        public int PlaceOf(ulong key) => (int)((key * 0x9E3779B97F4A7C15) >> _shift);

        public void Put(ulong key, long value)
        {
            int i = PlaceOf(key);
            while (Keys[i] != 0)
            {
                i = (i + 1) & Mask;
            }

            Values[i] = value;
            Volatile.Write(ref Keys[i], key + 1);
            Count++;
        }
    }
}
