namespace Raft.Verified.Mutants.Gate;

/// <summary>The outcome of the exploration with one base seed.</summary>
/// <param name="Seed">The base seed.</param>
/// <param name="Property">The name of the violated property; null when no violation was found.</param>
/// <param name="Message">The message of the violation; null when no violation was found.</param>
/// <param name="Scenario">The scenario that found the violation, or the last one tried.</param>
/// <param name="Strategy">The strategy that made the violating schedule, or the last one tried.</param>
/// <param name="Schedules">The number of schedules that were run, over all scenarios and strategies tried.</param>
/// <param name="Seconds">The duration of the exploration in seconds, over all scenarios and strategies tried.</param>
/// <param name="Decisions">The length of the violating schedule in decisions; 0 when no violation was found.</param>
public sealed record SeedOutcome(
    ulong Seed, string? Property, string? Message, string Scenario, string Strategy, long Schedules, double Seconds, int Decisions);
