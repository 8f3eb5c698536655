using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>
/// The number of a round of requests by which a leader confirms that it still leads (thesis, section 6.4). Counted anew in each term led;
/// 0 stands before the first.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct ReadRound(long Value) : IComparable<ReadRound>
{
    /// <summary>No round: no read has asked for one.</summary>
    public static ReadRound None => default;

    /// <summary>The round after this one.</summary>
    public ReadRound Next() => new(Value + 1);

    /// <inheritdoc />
    public int CompareTo(ReadRound other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> began earlier.</summary>
    public static bool operator <(ReadRound left, ReadRound right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> began later.</summary>
    public static bool operator >(ReadRound left, ReadRound right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> began earlier or they are the same.</summary>
    public static bool operator <=(ReadRound left, ReadRound right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> began later or they are the same.</summary>
    public static bool operator >=(ReadRound left, ReadRound right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
