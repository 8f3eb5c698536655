namespace Raft.Verified.ModelChecking;

/// <summary>
/// The steps of one local state that were taken so far, by input. Several threads may read while one thread adds.
/// </summary>
internal sealed class StepTable
{
    private Slots _slots = new(8);

    /// <summary>Returns the step of an input; null when it was not taken yet.</summary>
    /// <param name="key">The input, see <see cref="ModelInput.Key"/>.</param>
    public LocalStep? Find(uint key)
    {
        Slots slots = Volatile.Read(ref _slots);
        for (uint i = (key * 0x9E3779B1) >> slots.Shift; ; i = (i + 1) & slots.Mask)
        {
            uint there = Volatile.Read(ref slots.Keys[i]);
            if (there == key + 1)
            {
                return slots.Steps[i];
            }

            if (there == 0)
            {
                return null;
            }
        }
    }

    /// <summary>Adds the step of an input that has none yet. Only one thread at a time may call this.</summary>
    public void Add(uint key, LocalStep step)
    {
        if ((_slots.Count + 1) * 3 > _slots.Keys.Length * 2)
        {
            Slots more = new(_slots.Keys.Length * 2);
            for (int i = 0; i < _slots.Keys.Length; i++)
            {
                if (_slots.Keys[i] != 0)
                {
                    more.Put(_slots.Keys[i] - 1, _slots.Steps[i]!);
                }
            }

            Volatile.Write(ref _slots, more);
        }

        _slots.Put(key, step);
    }

    private sealed class Slots(int capacity)
    {
        public readonly uint[] Keys = new uint[capacity];
        public readonly LocalStep?[] Steps = new LocalStep?[capacity];
        public readonly uint Mask = (uint)capacity - 1;
        public readonly int Shift = 32 - int.Log2(capacity);

        public int Count { get; private set; }

        public void Put(uint key, LocalStep step)
        {
            uint i = (key * 0x9E3779B1) >> Shift;
            while (Keys[i] != 0)
            {
                i = (i + 1) & Mask;
            }

            Steps[i] = step;
            Volatile.Write(ref Keys[i], key + 1);
            Count++;
        }
    }
}
