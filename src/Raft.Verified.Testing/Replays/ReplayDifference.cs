using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Testing.Replays;

/// <summary>The comparison of a replay with its schedule.</summary>
internal static class ReplayDifference
{
    /// <summary>
    /// Returns the reason why a replay does not reproduce the violation of the schedule; null when it does.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="outcome">The outcome of the replay.</param>
    public static string? Of(Schedule schedule, ReplayOutcome outcome) =>
        outcome.Divergence is { } divergence ? $"the schedule diverged: {divergence}"
        : outcome.Property != schedule.Header.Property
            ? $"the schedule was recorded for a violation of {schedule.Header.Property}; this build violates {outcome.Property}"
            : null;
}
