using Raft.Verified.Exploration.Schedules;

namespace Raft.Verified.Simulation.Paths;

/// <summary>The result of taking a path in the simulated world.</summary>
/// <param name="Schedule">The schedule, which violates a property; null when no property was violated.</param>
/// <param name="Notes">The steps that were not taken as given, one line each.</param>
public sealed record PathOutcome(Schedule? Schedule, IReadOnlyList<string> Notes);
