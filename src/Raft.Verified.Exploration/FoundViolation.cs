namespace Raft.Verified.Exploration;

/// <summary>A violation that an exploration found, with the decisions that lead to it.</summary>
/// <param name="Property">The name of the violated property.</param>
/// <param name="Message">The message of the violation.</param>
/// <param name="Iteration">The number of the schedule, from 0.</param>
/// <param name="Schedule">The schedule, with a label for every decision.</param>
public sealed record FoundViolation(string Property, string Message, long Iteration, Schedules.Schedule Schedule);
