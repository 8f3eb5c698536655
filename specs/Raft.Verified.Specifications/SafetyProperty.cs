using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// A property that every event of a run must satisfy. An instance watches one run and may keep state, so each run needs
/// its own instance. Implementations must be fast enough for millions of events: they neither format nor allocate
/// unless there is a violation.
/// </summary>
public abstract class SafetyProperty
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

    /// <summary>
    /// The kinds of events that the property judges, each once. <see cref="Check"/> is called for no other kind.
    /// </summary>
    public abstract ReadOnlySpan<RaftEventKind> Kinds { get; }

    /// <summary>Judges one event.</summary>
    /// <param name="e">The event, of one of the <see cref="Kinds"/>.</param>
    /// <param name="view">The cluster as it was before the event.</param>
    /// <returns>
    /// Null when the event satisfies the property; otherwise a description of the contradiction, with the facts on both
    /// sides.
    /// </returns>
    public abstract string? Check(in RaftEvent e, ClusterView view);

    /// <inheritdoc />
    public override string ToString() => Name;
}
