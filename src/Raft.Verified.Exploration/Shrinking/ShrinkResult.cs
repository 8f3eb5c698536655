using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>The result of shrinking.</summary>
/// <param name="Schedule">
/// The smallest schedule: it violates the same property, and replays like any other schedule.
/// </param>
/// <param name="Before">The contents of the schedule as it was found.</param>
/// <param name="After">The contents of the smallest schedule.</param>
/// <param name="Runs">The number of candidates that were run.</param>
/// <param name="Rounds">The number of times that all passes were tried.</param>
/// <param name="Seconds">The real time that shrinking took, in seconds.</param>
/// <param name="Complete">
/// True when nothing more can be left out; false when the time was up before that was known.
/// </param>
public sealed record ShrinkResult(
    Schedule Schedule, ScheduleContents Before, ScheduleContents After, int Runs, int Rounds, double Seconds, bool Complete);
