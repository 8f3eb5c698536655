using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Exploration.Shrinking;

/// <summary>What a tolerant replay came to.</summary>
/// <param name="Property">The property violated; null for none: the schedule's bug is not there.</param>
/// <param name="Message">What was found.</param>
/// <param name="Decisions">How many decisions the run took, to the scenario's end or to the violation.</param>
/// <param name="Schedule">The run as a schedule, when something was violated: it replays exactly in this build.</param>
public sealed record TolerantOutcome(string? Property, string? Message, int Decisions, Schedule? Schedule);
