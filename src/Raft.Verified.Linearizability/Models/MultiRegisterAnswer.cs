using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>An answer of several registers.</summary>
/// <param name="Read">The values read, one for each read of the command, in its order; null where the client does not know the value.</param>
public sealed record MultiRegisterAnswer(ImmutableArray<DataValue?> Read)
{
    /// <inheritdoc />
    public bool Equals(MultiRegisterAnswer? other) => other is not null && Read.SequenceEqual(other.Read);

    /// <inheritdoc />
    public override int GetHashCode() => Read.IsEmpty ? 0 : HashCode.Combine(Read.Length, Read[0], Read[^1]);

    /// <inheritdoc />
    public override string ToString() => Read.IsEmpty ? "ok" : $"[{string.Join(' ', Read.Select(value => value is { } known ? $"{known}" : "?"))}]";

    /// <summary>Whether a client that got this answer may have got another one, which knows all values.</summary>
    internal bool Fits(MultiRegisterAnswer other) => Read.Length == other.Read.Length && Read.Zip(other.Read).All(pair => pair.First is null || pair.First == pair.Second);
}
