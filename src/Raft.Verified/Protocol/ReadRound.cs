using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>
/// The number of a round of requests by which a leader confirms that it still leads (thesis, section 6.4). The count
/// restarts in each term led; 0 is the value before the first round.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct ReadRound(long Value) : IComparable<ReadRound>
{
    /// <summary>The absence of a round, because no read has asked for one.</summary>
    public static ReadRound None => default;

    /// <summary>Returns the round after this one.</summary>
    public ReadRound Next() => new(Value + 1);

    /// <inheritdoc />
    public int CompareTo(ReadRound other) => Value.CompareTo(other.Value);

    /// <summary>Returns true when <paramref name="left"/> began earlier.</summary>
    public static bool operator <(ReadRound left, ReadRound right) => left.Value < right.Value;

    /// <summary>Returns true when <paramref name="left"/> began later.</summary>
    public static bool operator >(ReadRound left, ReadRound right) => left.Value > right.Value;

    /// <summary>Returns true when <paramref name="left"/> began earlier or both are equal.</summary>
    public static bool operator <=(ReadRound left, ReadRound right) => left.Value <= right.Value;

    /// <summary>Returns true when <paramref name="left"/> began later or both are equal.</summary>
    public static bool operator >=(ReadRound left, ReadRound right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
