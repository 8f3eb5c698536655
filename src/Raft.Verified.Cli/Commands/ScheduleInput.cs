using Raft.Verified.Cli.Output;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Commands;

/// <summary>The schedule that a command works on, and the scenario that it is one of.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Scenario">The scenario.</param>
internal sealed record ScheduleInput(Schedule Schedule, Scenario Scenario)
{
    /// <summary>Reads a schedule and finds its scenario.</summary>
    /// <exception cref="InputException">The file cannot be read, is malformed, or names what this build does not have.</exception>
    /// <exception cref="MutantNeededException">It was recorded with a seeded bug, this run has none, and the context can seed it.</exception>
    public static ScheduleInput Read(CommandContext context, string path)
    {
        (Schedule schedule, Scenario scenario) = ScheduleArgument.Read(context, path);
        if (context.NeedsMutant is not null && schedule.Header.Mutant is { } mutant && BuildFingerprint.MutantOf(scenario.Assembly) is null)
        {
            throw new MutantNeededException(mutant, schedule.Header.MutantFolder);
        }

        return new ScheduleInput(schedule, scenario);
    }

    /// <summary>Says so when the schedule is another build's, or of another seeded bug.</summary>
    public void NoteBuild(CommandContext context)
    {
        string? mutant = BuildFingerprint.MutantOf(Scenario.Assembly);
        if (Schedule.Header.Mutant is { } seeded && seeded != mutant)
        {
            context.Error.Writer.WriteLine(
                $"raft: note: the schedule was recorded with the seeded bug {Format.OneLine(seeded)}, this run has {mutant ?? "none"}; '--mutant {Format.OneLine(seeded)}' seeds it");
            return;
        }

        string build = CommandContext.Build(Scenario);
        if (Schedule.Header.Build != build)
        {
            context.Error.Writer.WriteLine(
                $"raft: note: the schedule was written by build {Format.OneLine(Schedule.Header.Build)}, this is build {build}; it may not fit any more");
        }
    }

    /// <summary>What keeps a replay from showing the schedule's violation again; null when it does.</summary>
    public string? Difference(ReplayOutcome outcome) =>
        outcome.Divergence is { } divergence ? $"the schedule diverged: {divergence}"
        : outcome.Property != Schedule.Header.Property
            ? $"the schedule says that it violates {Schedule.Header.Property}; this build finds {outcome.Property}"
            : null;
}
