using System.Collections.Immutable;

namespace Raft.Verified.Linearizability.Models;

/// <summary>A command to several registers. Its reads and writes take effect atomically, in their order.</summary>
/// <param name="Steps">The reads and writes, in the order of execution.</param>
public sealed record MultiRegisterCommand(ImmutableArray<MultiRegisterStep> Steps)
{
    /// <inheritdoc />
    public bool Equals(MultiRegisterCommand? other) => other is not null && Steps.SequenceEqual(other.Steps);

    /// <inheritdoc />
    public override int GetHashCode() => Steps.IsEmpty ? 0 : HashCode.Combine(Steps.Length, Steps[0], Steps[^1]);

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', Steps);
}
