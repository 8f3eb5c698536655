using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Testing.Replays;

/// <summary>The comparison of a replay with its schedule.</summary>
internal static class ReplayDifference
{
    /// <summary>
    /// Returns the reason why a replay does not reproduce the schedule, with its violation if it has one; null when it
    /// does.
    /// </summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="outcome">The outcome of the replay.</param>
    public static string? Of(Schedule schedule, ReplayOutcome outcome)
    {
        ScheduleHeader header = schedule.Header;
        return outcome.Divergence is { } divergence ? $"the schedule diverged: {divergence}"
            : !header.HasViolation
                ? outcome.Property is { } found ? $"the schedule was recorded without a violation; this build violates {found}" : null
            : outcome.Property != header.Property
                ? $"the schedule was recorded for a violation of {header.Property}; this build violates {outcome.Property}"
                : null;
    }
}
