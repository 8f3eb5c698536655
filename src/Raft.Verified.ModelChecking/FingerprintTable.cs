using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace Raft.Verified.ModelChecking;

/// <summary>
/// A set of fingerprints that several threads add to without locks, by open addressing. A bucket is one cache line and
/// holds five fingerprints. The set keeps 96 bits of each: the lower half, and the last 32 bits of the upper half. The
/// set never grows by itself: all threads grow it together, while none of them adds a fingerprint. Its 256 parts are
/// replaced one by one, so that growing needs no second table of the whole size.
/// </summary>
internal sealed unsafe class FingerprintTable : IDisposable
{
    private const int PartBits = 8;
    private const int BucketBytes = 64;
    private const int InBucket = 5;
    private const ulong FewestBuckets = 256;
    private const long Large = 1 << 24;
    private readonly Part[] _parts = new Part[1 << PartBits];
    private ulong _buckets;
    private ulong _grown;
    private int _next;

    /// <summary>Creates an empty set.</summary>
    /// <param name="expected">The number of fingerprints that fit without growing; at least 0.</param>
    public FingerprintTable(long expected)
    {
        _buckets = BucketsFor(expected);
        foreach (ref Part part in _parts.AsSpan())
        {
            part = new Part(_buckets);
        }
    }

    ~FingerprintTable() => Free();

    /// <summary>The number of fingerprints above which the set must grow: seven eighths of its places.</summary>
    public long Limit => LimitOf(_buckets);

    /// <summary>The memory that the set takes, in bytes.</summary>
    public long Bytes => BytesOf(_buckets);

    /// <summary>The memory that the set takes after growing once more, in bytes.</summary>
    public long BytesWhenGrown => BytesOf(Larger(_buckets));

    /// <summary>Prefetches the place of a fingerprint into the processor's cache.</summary>
    public void Prefetch(Fingerprint fingerprint)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(_parts[fingerprint.Low >> (64 - PartBits)].Buckets + (PlaceOf(fingerprint.Low, _buckets) * BucketBytes));
        }
    }

    /// <summary>Adds a fingerprint.</summary>
    /// <returns>True when the fingerprint was new.</returns>
    public bool Add(Fingerprint fingerprint) => Add(fingerprint.Low == 0 ? 1 : fingerprint.Low, (uint)fingerprint.High == 0 ? 1 : (uint)fingerprint.High);

    /// <summary>
    /// Begins to grow the set. No thread may add a fingerprint until <see cref="EndGrowing"/> has returned.
    /// </summary>
    public void BeginGrowing()
    {
        _grown = Larger(_buckets);
        _next = -1;
    }

    /// <summary>
    /// Replaces parts by larger ones until all of them are replaced. Several threads call it at once, after
    /// <see cref="BeginGrowing"/>.
    /// </summary>
    public void HelpGrowing()
    {
        for (int i = Interlocked.Increment(ref _next); i < _parts.Length; i = Interlocked.Increment(ref _next))
        {
            Part larger = new(_grown);
            ref Part part = ref _parts[i];
            for (byte* bucket = part.Buckets, end = bucket + (_buckets * BucketBytes); bucket < end; bucket += BucketBytes)
            {
                for (int j = 0; j < InBucket && Low(bucket)[j] != 0; j++)
                {
                    larger.Put(Low(bucket)[j], High(bucket)[j], _grown);
                }
            }

            part.Free();
            part = larger;
        }
    }

    /// <summary>Ends growing, after all threads have returned from <see cref="HelpGrowing"/>.</summary>
    public void EndGrowing() => _buckets = _grown;

    /// <summary>Writes the 96 bits of each fingerprint that the set keeps.</summary>
    public void Save(Stream stream)
    {
        Span<byte> kept = stackalloc byte[12];
        foreach (Part part in _parts)
        {
            for (byte* bucket = part.Buckets, end = bucket + (_buckets * BucketBytes); bucket < end; bucket += BucketBytes)
            {
                for (int j = 0; j < InBucket && Low(bucket)[j] != 0; j++)
                {
                    MemoryMarshal.Write(kept, Low(bucket)[j]);
                    MemoryMarshal.Write(kept[8..], High(bucket)[j]);
                    stream.Write(kept);
                }
            }
        }
    }

    /// <summary>Adds the fingerprints that <see cref="Save"/> wrote.</summary>
    public void Load(Stream stream, long count)
    {
        while (Limit < count)
        {
            BeginGrowing();
            HelpGrowing();
            EndGrowing();
        }

        Span<byte> kept = stackalloc byte[12];
        for (long i = 0; i < count; i++)
        {
            stream.ReadExactly(kept);
            Add(MemoryMarshal.Read<ulong>(kept), MemoryMarshal.Read<uint>(kept[8..]));
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static ulong* Low(byte* bucket) => (ulong*)bucket;

    private static uint* High(byte* bucket) => (uint*)(bucket + (InBucket * sizeof(ulong)));

    private static ulong PlaceOf(ulong low, ulong buckets) => Math.BigMul(low << PartBits, buckets, out _);

    private ulong Larger(ulong buckets) => LimitOf(buckets) < Large ? buckets * 2 : buckets / 4 * 5;

    private long BytesOf(ulong buckets) => (long)buckets * _parts.Length * BucketBytes;

    private long LimitOf(ulong buckets) => (long)buckets * _parts.Length * InBucket / 8 * 7;

    private ulong BucketsFor(long expected)
    {
        ulong buckets = Math.Max(FewestBuckets, (ulong)expected / ((ulong)_parts.Length * InBucket) / 7 * 8);
        while (LimitOf(buckets) < expected)
        {
            buckets++;
        }

        return buckets;
    }

    // The thread that writes the lower half first owns the place. Another thread that finds the lower half waits for
    // the upper half, which follows at once.
    private bool Add(ulong low, uint high)
    {
        byte* first = _parts[low >> (64 - PartBits)].Buckets;
        ulong at = PlaceOf(low, _buckets);
        for (ulong visited = 0; visited < _buckets; visited++)
        {
            byte* bucket = first + (at * BucketBytes);
            for (int j = 0; j < InBucket; j++)
            {
                ulong there = Volatile.Read(ref Low(bucket)[j]);
                if (there == 0)
                {
                    there = Interlocked.CompareExchange(ref Low(bucket)[j], low, 0);
                    if (there == 0)
                    {
                        Volatile.Write(ref High(bucket)[j], high);
                        return true;
                    }
                }

                if (there == low && WaitFor(ref High(bucket)[j]) == high)
                {
                    return false;
                }
            }

            at = at + 1 == _buckets ? 0 : at + 1;
        }

        throw new InvalidOperationException($"a part of the fingerprint table is full with {_buckets * InBucket}; expected the table to grow at {Limit} in all parts");
    }

    private static uint WaitFor(ref uint high)
    {
        uint there = Volatile.Read(ref high);
        while (there == 0)
        {
            Thread.SpinWait(1);
            there = Volatile.Read(ref high);
        }

        return there;
    }

    private void Free()
    {
        foreach (ref Part part in _parts.AsSpan())
        {
            part.Free();
        }
    }

    private struct Part
    {
        private void* _memory;

        public Part(ulong buckets)
        {
            // One more bucket, so that the first one can begin at a cache line.
            _memory = NativeMemory.AllocZeroed((nuint)buckets + 1, BucketBytes);
            LargePages.Advise(_memory, ((nuint)buckets + 1) * BucketBytes);
            Buckets = (byte*)(((nuint)_memory + BucketBytes - 1) / BucketBytes * BucketBytes);
        }

        public byte* Buckets { get; private set; }

        /// <summary>Adds a fingerprint that is not in the part. Not thread-safe.</summary>
        public readonly void Put(ulong low, uint high, ulong buckets)
        {
            for (ulong at = PlaceOf(low, buckets); ; at = at + 1 == buckets ? 0 : at + 1)
            {
                byte* bucket = Buckets + (at * BucketBytes);
                for (int j = 0; j < InBucket; j++)
                {
                    if (Low(bucket)[j] == 0)
                    {
                        Low(bucket)[j] = low;
                        High(bucket)[j] = high;
                        return;
                    }
                }
            }
        }

        public void Free()
        {
            NativeMemory.Free(_memory);
            _memory = null;
            Buckets = null;
        }
    }
}
