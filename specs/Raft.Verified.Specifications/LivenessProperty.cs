namespace Raft.Verified.Specifications;

/// <summary>
/// Something that must come about within a bounded time once faults have stopped. Has no state: whoever drives the run asks
/// <see cref="IsMet"/> again and again, which costs little, and reports <see cref="Unmet"/> as a violation when the bound has passed.
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

    /// <summary>Whether it has come about.</summary>
    /// <param name="view">The cluster now.</param>
    public abstract bool IsMet(ClusterView view);

    /// <summary>What is missing; null when it has come about.</summary>
    /// <param name="view">The cluster now.</param>
    public string? Unmet(ClusterView view) => IsMet(view) ? null : Explain(view);

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>Says what is missing, with the facts.</summary>
    /// <param name="view">The cluster now, in which it has not come about.</param>
    protected abstract string Explain(ClusterView view);
}
