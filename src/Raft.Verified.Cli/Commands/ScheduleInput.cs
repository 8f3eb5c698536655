using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Replays;

namespace Raft.Verified.Cli.Commands;

/// <summary>The schedule that a command works on, together with its scenario.</summary>
/// <param name="Schedule">The schedule that was read.</param>
/// <param name="Scenario">The scenario of the schedule.</param>
internal sealed record ScheduleInput(Schedule Schedule, Scenario Scenario)
{
    /// <summary>Reads a schedule and finds its scenario.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="path">The path of the schedule file.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, is malformed, or names a scenario or strategy that this build does not have.
    /// </exception>
    /// <exception cref="MutantNeededException">
    /// The schedule was recorded with a mutant, this run has none, and the context can seed it.
    /// </exception>
    public static ScheduleInput Read(CommandContext context, string path)
    {
        (Schedule schedule, Scenario scenario) = ScheduleArgument.Read(context, path);
        if (context.NeedsMutant is not null && schedule.Header.Mutant is { } mutant && BuildFingerprint.MutantOf(scenario.Assembly) is null)
        {
            throw new MutantNeededException(mutant, schedule.Header.MutantFolder);
        }

        return new ScheduleInput(schedule, scenario);
    }

    /// <summary>Writes a note to standard error when the schedule comes from another build or another mutant.</summary>
    /// <param name="context">The context of the command.</param>
    public void NoteBuild(CommandContext context)
    {
        string? mutant = BuildFingerprint.MutantOf(Scenario.Assembly);
        if (Schedule.Header.Mutant is { } seeded && seeded != mutant)
        {
            context.Error.Writer.WriteLine(
                $"raft: note: the schedule was recorded with mutant {Format.OneLine(seeded)}, but this run has {mutant ?? "none"}; '--mutant {Format.OneLine(seeded)}' seeds it");
            return;
        }

        string build = CommandContext.Build(Scenario);
        if (Schedule.Header.Build != build)
        {
            context.Error.Writer.WriteLine(
                $"raft: note: the schedule was written by build {Format.OneLine(Schedule.Header.Build)}, this is build {build}; it may no longer match");
        }
    }

    /// <summary>
    /// Returns the reason why a replay does not reproduce the violation of the schedule; null when it does.
    /// </summary>
    /// <param name="outcome">The outcome of the replay.</param>
    public string? Difference(ReplayOutcome outcome) => ReplayDifference.Of(Schedule, outcome);
}
