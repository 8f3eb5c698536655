using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer to a <see cref="MultiRegisterCommand"/>.</summary>
/// <param name="Read">
/// The values read, one per read of the command, in its order; null for a value that the client does not know.
/// </param>
public sealed record MultiRegisterAnswer(ImmutableArray<DataValue?> Read)
{
    /// <inheritdoc />
    public bool Equals(MultiRegisterAnswer? other) => other is not null && Read.SequenceEqual(other.Read);

    /// <inheritdoc />
    public override int GetHashCode() => Read.IsEmpty ? 0 : HashCode.Combine(Read.Length, Read[0], Read[^1]);

    /// <inheritdoc />
    public override string ToString() => Read.IsEmpty ? "ok" : $"[{string.Join(' ', Read.Select(value => value is { } known ? $"{known}" : "?"))}]";

    /// <summary>Returns true when all known values of this answer equal those of a complete answer.</summary>
    /// <param name="other">The complete answer, in which all values are known.</param>
    internal bool Fits(MultiRegisterAnswer other) => Read.Length == other.Read.Length && Read.Zip(other.Read).All(pair => pair.First is null || pair.First == pair.Second);
}
