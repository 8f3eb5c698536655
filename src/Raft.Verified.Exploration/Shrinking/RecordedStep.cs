using Raft.Verified.Exploration.Runtime;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>A step as it ran: which operation, and what it drew.</summary>
/// <param name="Identity">Which operation it was.</param>
/// <param name="Likeness">What it was like.</param>
/// <param name="Newest">Whether there was an older one like it.</param>
/// <param name="Fair">Whether delays decided the order.</param>
/// <param name="AfterFaults">Whether the scenario had ended all faults.</param>
/// <param name="Draws">The values drawn in it, in order.</param>
internal sealed record RecordedStep(ulong Identity, OperationLikeness Likeness, bool Newest, bool Fair, bool AfterFaults, IReadOnlyList<RecordedDraw> Draws)
{
    /// <summary>The actor or other process that acts.</summary>
    public (int, string?) Who => (Likeness.Actor, Likeness.Process);

    /// <summary>Whether this did not run so: another actor did it. It has no identity.</summary>
    public bool IsInsteadOfAnother => Identity == 0;

    /// <summary>The same step with another actor in the place of one: whatever it did, from or to it.</summary>
    public RecordedStep InsteadOf(int actor, int another)
    {
        OperationLikeness likeness = Likeness.InsteadOf(actor, another);
        return likeness == Likeness ? this : this with { Identity = 0, Likeness = likeness };
    }

    /// <summary>The same step with another value drawn.</summary>
    public RecordedStep With(int draw, int value)
    {
        RecordedDraw[] draws = [.. Draws];
        draws[draw] = draws[draw] with { Value = value };
        return this with { Draws = draws };
    }
}
