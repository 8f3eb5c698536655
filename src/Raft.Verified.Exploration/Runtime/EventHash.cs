using System.Runtime.CompilerServices;

namespace Raft.Verified.Exploration.Runtime;

/// <summary>A hash of every event in a schedule, in order. Two runs with the same hash had the same events.</summary>
public sealed class EventHash
{
    /// <summary>The hash of all events so far.</summary>
    public ulong Value { get; private set; } = 0x52616674;

    /// <summary>Adds a part of an event.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong value)
    {
        ulong mixed = (Value ^ value) * 0x9E3779B97F4A7C15UL;
        Value = mixed ^ (mixed >> 29);
    }
}
