using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A step as it ran: its operation and the values drawn in it.</summary>
/// <param name="Identity">The identity of the operation; 0 for a step that another actor took.</param>
/// <param name="Likeness">The likeness of the operation.</param>
/// <param name="Newest">True for a message when an older one like it was enabled.</param>
/// <param name="Fair">True when delays decided the order.</param>
/// <param name="AfterFaults">True when the scenario had ended all faults.</param>
/// <param name="Draws">The values drawn in the step, in order.</param>
internal sealed record RecordedStep(ulong Identity, OperationLikeness Likeness, bool Newest, bool Fair, bool AfterFaults, IReadOnlyList<RecordedDraw> Draws)
{
    /// <summary>The actor or other process that acts.</summary>
    public (int, string?) Who => (Likeness.Actor, Likeness.Process);

    /// <summary>
    /// True when the step did not run like this, because another actor took it. Such a step has no identity.
    /// </summary>
    public bool IsInsteadOfAnother => Identity == 0;

    /// <summary>Returns the step with one actor replaced by another, as its actor and as its peer.</summary>
    public RecordedStep InsteadOf(int actor, int another)
    {
        OperationLikeness likeness = Likeness.InsteadOf(actor, another);
        return likeness == Likeness ? this : this with { Identity = 0, Likeness = likeness };
    }

    /// <summary>Returns the step with one drawn value replaced.</summary>
    public RecordedStep With(int draw, int value)
    {
        RecordedDraw[] draws = [.. Draws];
        draws[draw] = draws[draw] with { Value = value };
        return this with { Draws = draws };
    }
}
