using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A set of fingerprints, for several threads: open addressing in 256 parts, each of which grows alone, so that growing needs no second table of the whole size.
/// A fingerprint takes 16 bytes; from 64 to 80 % of the places are taken once a part has grown large.
/// </summary>
internal sealed unsafe class FingerprintTable : IDisposable
{
    private const int PartBits = 8;
    private readonly Part[] _parts = new Part[1 << PartBits];

    /// <summary>Makes an empty set.</summary>
    /// <param name="expected">So many fingerprints find room without growing.</param>
    public FingerprintTable(long expected)
    {
        ulong each = (ulong)(expected / _parts.Length * 1.17) + 64;
        for (int i = 0; i < _parts.Length; i++)
        {
            _parts[i] = new Part(each);
        }
    }

    ~FingerprintTable() => Free();

    /// <summary>The number of fingerprints. Exact when nobody adds any.</summary>
    public long Count => _parts.Sum(part => (long)part.Count);

    /// <summary>The memory of the set, in bytes.</summary>
    public long Bytes => _parts.Sum(part => (long)part.Capacity * 16);

    /// <summary>Brings the place of a fingerprint nearer to the processor.</summary>
    public void Prefetch(Fingerprint fingerprint)
    {
        if (Sse.IsSupported)
        {
            Part part = _parts[fingerprint.High >> (64 - PartBits)];
            Sse.Prefetch0(part.Slots + (2 * Math.BigMul(fingerprint.High << PartBits, part.Capacity, out _)));
        }
    }

    /// <summary>Adds a fingerprint.</summary>
    /// <returns>True when it was new.</returns>
    public bool Add(Fingerprint fingerprint)
    {
        Part part = _parts[fingerprint.High >> (64 - PartBits)];
        while (Interlocked.CompareExchange(ref part.Lock, 1, 0) != 0)
        {
            Thread.SpinWait(1);
        }

        bool added = part.Add(fingerprint.Low == 0 ? 1 : fingerprint.Low, fingerprint.High);
        Volatile.Write(ref part.Lock, 0);
        return added;
    }

    /// <summary>Writes all fingerprints.</summary>
    public void Save(Stream stream)
    {
        foreach (Part part in _parts)
        {
            for (ulong i = 0; i < part.Capacity; i++)
            {
                if (part.Slots[2 * i] != 0)
                {
                    stream.Write(new ReadOnlySpan<byte>(part.Slots + (2 * i), 16));
                }
            }
        }
    }

    /// <summary>Adds fingerprints that <see cref="Save"/> wrote.</summary>
    public void Load(Stream stream, long count)
    {
        Span<ulong> fingerprint = stackalloc ulong[2];
        for (long i = 0; i < count; i++)
        {
            stream.ReadExactly(MemoryMarshal.AsBytes(fingerprint));
            Add(new Fingerprint(fingerprint[0], fingerprint[1]));
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        foreach (Part? part in _parts)
        {
            part?.Free();
        }
    }

    private sealed class Part
    {
        public int Lock;
        public ulong* Slots;
        public ulong Capacity;
        public ulong Count;
        private ulong _limit;

        public Part(ulong capacity) => Allocate(capacity);

        public bool Add(ulong low, ulong high)
        {
            ulong at = PlaceOf(high);
            while (true)
            {
                ulong there = Slots[2 * at];
                if (there == 0)
                {
                    break;
                }

                if (there == low && Slots[(2 * at) + 1] == high)
                {
                    return false;
                }

                at = at + 1 == Capacity ? 0 : at + 1;
            }

            Slots[2 * at] = low;
            Slots[(2 * at) + 1] = high;
            if (++Count > _limit)
            {
                Grow();
            }

            return true;
        }

        public void Free()
        {
            NativeMemory.Free(Slots);
            Slots = null;
        }

        private ulong PlaceOf(ulong high) => Math.BigMul(high << PartBits, Capacity, out _);

        private void Allocate(ulong capacity)
        {
            Slots = (ulong*)NativeMemory.AllocZeroed((nuint)capacity, 16);
            Capacity = capacity;
            _limit = capacity / 5 * 4;
        }

        private void Grow()
        {
            ulong* old = Slots;
            ulong capacity = Capacity;
            Allocate(capacity < 1 << 16 ? capacity * 2 : capacity / 4 * 5);
            for (ulong i = 0; i < capacity; i++)
            {
                if (old[2 * i] == 0)
                {
                    continue;
                }

                ulong at = PlaceOf(old[(2 * i) + 1]);
                while (Slots[2 * at] != 0)
                {
                    at = at + 1 == Capacity ? 0 : at + 1;
                }

                Slots[2 * at] = old[2 * i];
                Slots[(2 * at) + 1] = old[(2 * i) + 1];
            }

            NativeMemory.Free(old);
        }
    }
}
