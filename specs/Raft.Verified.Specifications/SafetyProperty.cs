using Raft.Verified.Protocol;

namespace Raft.Verified.Specifications;

/// <summary>
/// Something that must never happen, judged event by event. An instance watches one run and may remember what it saw; a run of its
/// own gets an instance of its own. Made for millions of events: no formatting, no allocation unless there is something to say.
/// </summary>
public abstract class SafetyProperty
{
    /// <summary>The property's name, as in reports: that of its type.</summary>
    public abstract string Name { get; }

    /// <summary>Where it comes from: section of the paper or of the thesis.</summary>
    public abstract string Source { get; }

    /// <summary>What it says, in one sentence.</summary>
    public abstract string Statement { get; }

    /// <summary>Its name in the TLA+ specification; empty when that has no notion of it.</summary>
    public abstract string TlaName { get; }

    /// <summary>The events that it looks at, each once; <see cref="Check"/> is called for no other.</summary>
    public abstract ReadOnlySpan<RaftEventKind> Kinds { get; }

    /// <summary>Judges one event.</summary>
    /// <param name="e">The event, of one of the <see cref="Kinds"/>.</param>
    /// <param name="view">The cluster as it was before the event.</param>
    /// <returns>Null when all is well; else what contradicts the property, with the facts on both sides.</returns>
    public abstract string? Check(in RaftEvent e, ClusterView view);

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>A property that was violated.</summary>
/// <param name="Property">The property's <see cref="SafetyProperty.Name"/> or <see cref="LivenessProperty.Name"/>.</param>
/// <param name="Message">What happened, with the facts that contradict each other.</param>
public sealed record Violation(string Property, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Property}: {Message}";
}
