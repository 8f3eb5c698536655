namespace Raft.Verified.Cli.Output;

/// <summary>A violation.</summary>
/// <param name="Property">The property.</param>
/// <param name="Message">What was found.</param>
/// <param name="Iteration">The number of the schedule.</param>
/// <param name="Schedule">The file that holds the schedule; null when it could not be written.</param>
/// <param name="ScheduleError">Why it could not be written; null when it could.</param>
/// <param name="Strategy">The strategy that made the schedule.</param>
/// <param name="Clock">The clock it ran by.</param>
/// <param name="Decisions">How many decisions it has.</param>
internal sealed record ViolationFinding(
    string Property, string Message, long Iteration, string? Schedule, string? ScheduleError, string Strategy, string Clock, long Decisions);
