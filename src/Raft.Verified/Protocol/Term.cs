using System.Globalization;

namespace Raft.Verified.Protocol;

/// <summary>A term: Raft's logical clock (paper, section 5.1). Terms start at 0, before any election, and only grow.</summary>
/// <param name="Value">The number; never negative.</param>
public readonly record struct Term(long Value) : IComparable<Term>
{
    /// <summary>The term before any election, which is also the term of the imaginary entry 0.</summary>
    public static Term Zero => default;

    /// <summary>Returns the next term, which a candidate takes when it starts an election.</summary>
    public Term Next() => new(Value + 1);

    /// <inheritdoc />
    public int CompareTo(Term other) => Value.CompareTo(other.Value);

    /// <summary>Returns true when <paramref name="left"/> is the older term.</summary>
    public static bool operator <(Term left, Term right) => left.Value < right.Value;

    /// <summary>Returns true when <paramref name="left"/> is the newer term.</summary>
    public static bool operator >(Term left, Term right) => left.Value > right.Value;

    /// <summary>Returns true when <paramref name="left"/> is older or the same.</summary>
    public static bool operator <=(Term left, Term right) => left.Value <= right.Value;

    /// <summary>Returns true when <paramref name="left"/> is newer or the same.</summary>
    public static bool operator >=(Term left, Term right) => left.Value >= right.Value;

    /// <inheritdoc />
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
