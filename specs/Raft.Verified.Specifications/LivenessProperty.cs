namespace Raft.Verified.Specifications;

/// <summary>
/// A condition that must hold within a bounded time after the faults have stopped. It has no state. The driver of the
/// run polls <see cref="IsMet"/>, which is cheap, and reports <see cref="Unmet"/> as a violation when the bound has
/// passed.
/// </summary>
public abstract class LivenessProperty
{
    /// <summary>The property's name in reports, which is the name of its type.</summary>
    public abstract string Name { get; }

    /// <summary>The source of the property: a section of the paper or the thesis.</summary>
    public abstract string Source { get; }

    /// <summary>The statement of the property, in one sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>
    /// The property's name in the TLA+ specification; empty when the specification does not contain it.
    /// </summary>
    public abstract string TlaName { get; }

    /// <summary>Returns true when the condition holds.</summary>
    /// <param name="view">The cluster now.</param>
    public abstract bool IsMet(ClusterView view);

    /// <summary>Returns a description of the unmet condition; null when the condition holds.</summary>
    /// <param name="view">The cluster now.</param>
    public string? Unmet(ClusterView view) => IsMet(view) ? null : Explain(view);

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>Describes the unmet condition, with the facts.</summary>
    /// <param name="view">The cluster now, in which the condition does not hold.</param>
    protected abstract string Explain(ClusterView view);
}
