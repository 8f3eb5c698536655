namespace Raft.Verified.Exploration.Schedules;

/// <summary>How a replay ended.</summary>
/// <param name="Property">The property violated; null for none.</param>
/// <param name="Message">What was found.</param>
/// <param name="Divergence">The first difference between the schedule and what happened; null when there is none.</param>
public sealed record ReplayOutcome(string? Property, string? Message, string? Divergence);
