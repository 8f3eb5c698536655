namespace Raft.Verified.Cli.Output;

/// <summary>A schedule that was kept although it violates nothing.</summary>
/// <param name="Iteration">The number of the schedule, from 0.</param>
/// <param name="Schedule">The path of the schedule file; null when writing it failed.</param>
/// <param name="ScheduleError">The reason why writing the file failed; null when it succeeded.</param>
/// <param name="Strategy">The name of the strategy that made the schedule.</param>
/// <param name="Clock">The name of the clock of the schedule.</param>
/// <param name="Decisions">The length of the schedule, in decisions.</param>
internal sealed record KeptFinding(long Iteration, string? Schedule, string? ScheduleError, string Strategy, string Clock, long Decisions);
