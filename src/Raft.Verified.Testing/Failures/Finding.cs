using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Testing.Failures;

/// <summary>A violation, and the schedule that shows it.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Property">The name of the violated property.</param>
/// <param name="Message">The message of the violation.</param>
/// <param name="Origin">The origin of the schedule, such as its number in the exploration, without a full stop.</param>
internal sealed record Finding(Schedule Schedule, string Property, string Message, string Origin)
{
    /// <summary>True when a replay of the schedule is expected to violate the property.</summary>
    public bool IsRepeatable => Schedule.Header.Property == Property;
}
