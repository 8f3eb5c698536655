using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>What shrinking came to.</summary>
/// <param name="Schedule">The smallest schedule: it violates the same property, and replays as every other one does.</param>
/// <param name="Before">What the schedule consisted of that was found.</param>
/// <param name="After">What the smallest one consists of.</param>
/// <param name="Runs">How many candidates were run.</param>
/// <param name="Rounds">How many times all ways of shrinking were tried.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Complete">Whether nothing more can be left out; false when the time was up before that was known.</param>
public sealed record ShrinkResult(
    Schedule Schedule, ScheduleContents Before, ScheduleContents After, int Runs, int Rounds, double Seconds, bool Complete);
