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
public sealed record TolerantOutcome(string? Property, string? Message, int Decisions, Schedule? Schedule);
