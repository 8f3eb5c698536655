namespace Raft.Verified.Specifications;

/// <summary>
/// Something that must come about within a bounded time once faults have stopped. Has no state: whoever drives the run asks
/// again and again, and reports <see cref="Unmet"/> as a violation when the bound has passed.
/// </summary>
public abstract class LivenessProperty
{
    /// <summary>The property's name, as in reports: that of its type.</summary>
    public abstract string Name { get; }

    /// <summary>Where it comes from: section of the paper or of the thesis.</summary>
    public abstract string Source { get; }

    /// <summary>What it says, in one sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>Its name in the TLA+ specification; empty when that has no notion of it.</summary>
    public abstract string TlaName { get; }

    /// <summary>Looks whether it has come about.</summary>
    /// <param name="view">The cluster now.</param>
    /// <returns>Null when it has; else what is missing.</returns>
    public abstract string? Unmet(ClusterView view);

    /// <inheritdoc />
    public override string ToString() => Name;
}
