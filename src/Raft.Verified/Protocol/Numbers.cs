using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>A term: Raft's logical clock (paper, section 5.1). Terms start at 0, before any election, and only grow.</summary>
/// <param name="Value">The number; never negative.</param>
public readonly record struct Term(long Value) : IComparable<Term>
{
    /// <summary>The term before any election; also the term of the empty log's imaginary entry 0.</summary>
    public static Term Zero => default;

    /// <summary>The term after this one, which a candidate takes when it starts an election.</summary>
    public Term Next() => new(Value + 1);

    /// <inheritdoc />
    public int CompareTo(Term other) => Value.CompareTo(other.Value);

    /// <summary>Whether <paramref name="left"/> is the older term.</summary>
    public static bool operator <(Term left, Term right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> is the newer term.</summary>
    public static bool operator >(Term left, Term right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> is older or the same.</summary>
    public static bool operator <=(Term left, Term right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> is newer or the same.</summary>
    public static bool operator >=(Term left, Term right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A position in the log. The first entry is at 1 (paper, Figure 2); 0 stands before it.</summary>
/// <param name="Value">The number; never negative.</param>
public readonly record struct LogIndex(long Value) : IComparable<LogIndex>
{
    /// <summary>The position before the first entry.</summary>
    public static LogIndex Zero => default;

    /// <summary>The following position.</summary>
    public LogIndex Next() => new(Value + 1);

    /// <summary>The preceding position.</summary>
    public LogIndex Previous() => new(Value - 1);

    /// <inheritdoc />
    public int CompareTo(LogIndex other) => Value.CompareTo(other.Value);

    /// <summary>The smaller of two positions.</summary>
    public static LogIndex Min(LogIndex left, LogIndex right) => left.Value <= right.Value ? left : right;

    /// <summary>The larger of two positions.</summary>
    public static LogIndex Max(LogIndex left, LogIndex right) => left.Value >= right.Value ? left : right;

    /// <summary>The position <paramref name="count"/> entries further on.</summary>
    public static LogIndex operator +(LogIndex index, long count) => new(index.Value + count);

    /// <summary>How many entries lie after <paramref name="right"/> up to and with <paramref name="left"/>.</summary>
    public static long operator -(LogIndex left, LogIndex right) => left.Value - right.Value;

    /// <summary>Whether <paramref name="left"/> comes first.</summary>
    public static bool operator <(LogIndex left, LogIndex right) => left.Value < right.Value;

    /// <summary>Whether <paramref name="left"/> comes later.</summary>
    public static bool operator >(LogIndex left, LogIndex right) => left.Value > right.Value;

    /// <summary>Whether <paramref name="left"/> comes first or they are the same.</summary>
    public static bool operator <=(LogIndex left, LogIndex right) => left.Value <= right.Value;

    /// <summary>Whether <paramref name="left"/> comes later or they are the same.</summary>
    public static bool operator >=(LogIndex left, LogIndex right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The name of a server: a positive number, unique in its cluster and kept for ever.</summary>
/// <param name="Value">The number; 0 stands for no server.</param>
public readonly record struct ServerId(int Value) : IComparable<ServerId>
{
    /// <summary>No server: no vote cast, no leader known.</summary>
    public static ServerId None => default;

    /// <summary>Whether this names no server.</summary>
    public bool IsNone => Value == 0;

    /// <inheritdoc />
    public int CompareTo(ServerId other) => Value.CompareTo(other.Value);

    /// <summary><c>S3</c>, or <c>-</c> for no server.</summary>
    public override string ToString() => IsNone ? "-" : string.Create(CultureInfo.InvariantCulture, $"S{Value}");
}

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

/// <summary>The number of a durable write; each server counts its own from 1. 0 stands for no write.</summary>
/// <param name="Value">The number.</param>
public readonly record struct WriteId(long Value)
{
    /// <summary>No write: nothing to wait for.</summary>
    public static WriteId None => default;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
