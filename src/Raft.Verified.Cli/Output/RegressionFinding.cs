namespace Raft.Verified.Cli.Output;

/// <summary>What the replay of the schedule of a past failure came to.</summary>
/// <param name="File">The file of the schedule.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Recorded">The property that it violated once.</param>
/// <param name="Seconds">How long the replay took, in seconds.</param>
/// <param name="Property">The property that is violated now, that one or another; null for none, as it should be.</param>
/// <param name="Message">What was found; null for nothing.</param>
/// <param name="Schedule">The file of the run as this build made it; null when nothing was violated, or it could not be written.</param>
/// <param name="ScheduleError">Why it could not be written; null when it could.</param>
internal sealed record RegressionFinding(
    string File, string Scenario, string Recorded, double Seconds, string? Property, string? Message, string? Schedule, string? ScheduleError)
{
    /// <summary>Whether something is violated.</summary>
    public bool Fails => Property is not null;
}
