namespace Raft.Verified.Exploration.Schedules;

/// <summary>The outcome of a replay.</summary>
/// <param name="Property">The property violated; null for none.</param>
/// <param name="Message">The message of the violation; null for none.</param>
/// <param name="Divergence">The first difference between the schedule and the replay; null when there is none.</param>
public sealed record ReplayOutcome(string? Property, string? Message, string? Divergence);
