namespace Raft.Verified.Cli.Output;

/// <summary>A violation that a test run found.</summary>
/// <param name="Property">The name of the violated property.</param>
/// <param name="Message">The message of the violation.</param>
/// <param name="Iteration">The number of the schedule, from 0.</param>
/// <param name="Schedule">The path of the schedule file; null when writing it failed.</param>
/// <param name="ScheduleError">The reason why writing the file failed; null when it succeeded.</param>
/// <param name="Strategy">The name of the strategy that made the schedule.</param>
/// <param name="Clock">The name of the clock of the schedule.</param>
/// <param name="Decisions">The length of the schedule, in decisions.</param>
internal sealed record ViolationFinding(
    string Property, string Message, long Iteration, string? Schedule, string? ScheduleError, string Strategy, string Clock, long Decisions);
