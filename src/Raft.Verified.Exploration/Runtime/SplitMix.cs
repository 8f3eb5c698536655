namespace Raft.Verified.Exploration.Runtime;

/// <summary>
/// A small seeded generator (SplitMix64: Steele, Lea, Flood, OOPSLA 2014). A seed must mean the same schedule in every
/// process, which the framework's generators do not promise.
/// </summary>
public struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Returns a seed mixed from two numbers.</summary>
    public static ulong Mix(ulong a, ulong b)
    {
        SplitMix generator = new(a ^ (b * 0xD1342543DE82EF95UL));
        generator.Next();
        return generator.Next();
    }

    /// <summary>Returns 64 random bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>Returns a value from 0 to <paramref name="bound"/> - 1.</summary>
    public int Next(int bound) => (int)(((Next() >> 32) * (ulong)bound) >> 32);

    /// <summary>Returns true with the given probability.</summary>
    public bool Happens(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;
}
