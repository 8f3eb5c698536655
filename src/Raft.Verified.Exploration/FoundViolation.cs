namespace Raft.Verified.Exploration;

/// <summary>A violation that an exploration found, with the decisions that lead to it.</summary>
/// <param name="Property">The property violated.</param>
/// <param name="Message">What was found.</param>
/// <param name="Iteration">The number of the schedule.</param>
/// <param name="Schedule">The schedule, every decision labelled.</param>
public sealed record FoundViolation(string Property, string Message, long Iteration, Schedules.Schedule Schedule);
