namespace Raft.Verified.Cli.Output;

/// <summary>The finding of the replay of a regression.</summary>
/// <param name="File">The path of the schedule file of the regression.</param>
/// <param name="Scenario">The name of the scenario.</param>
/// <param name="Recorded">The name of the property that was violated when the schedule was recorded.</param>
/// <param name="Seconds">The duration of the replay, in seconds.</param>
/// <param name="Property">The name of the property that is violated now; null when the regression passes.</param>
/// <param name="Message">The message of the violation; null when the regression passes.</param>
/// <param name="Schedule">
/// The path of the schedule file of this run; null when the regression passes or writing failed.
/// </param>
/// <param name="ScheduleError">The reason why writing the file failed; null when it succeeded or was not tried.</param>
internal sealed record RegressionFinding(
    string File, string Scenario, string Recorded, double Seconds, string? Property, string? Message, string? Schedule, string? ScheduleError)
{
    /// <summary>True when a property is violated.</summary>
    public bool Fails => Property is not null;
}
