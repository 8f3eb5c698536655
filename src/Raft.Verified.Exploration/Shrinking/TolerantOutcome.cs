using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The outcome of a tolerant replay.</summary>
/// <param name="Property">The property violated; null when the bug of the schedule is not there.</param>
/// <param name="Message">The message of the violation; null for none.</param>
/// <param name="Decisions">
/// The number of decisions that the run took, to the scenario's end or to the violation.
/// </param>
/// <param name="Schedule">
/// The run as a schedule that replays exactly in this build; null when nothing was violated.
/// </param>
public sealed record TolerantOutcome(string? Property, string? Message, int Decisions, Schedule? Schedule)
{
    /// <summary>
    /// The run as a schedule that replays exactly in this build, whether something was violated or not.
    /// </summary>
    public required Schedule Run { get; init; }

    /// <summary>The number of steps in the schedule that was given.</summary>
    public int Steps { get; init; }

    /// <summary>The number of those steps that this build does not have any more, so that the run skipped them.</summary>
    public int Skipped { get; init; }

    /// <summary>True when the schedule still matches this build exactly, so that nothing was skipped or added.</summary>
    public bool IsExact { get; init; }
}
