using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Replays;

namespace Raft.Verified.Cli.Commands;

/// <summary>The schedule that a command works on, together with its scenario.</summary>
/// <param name="Context">The context of the command, with the scenarios of the schedule's assembly.</param>
/// <param name="Schedule">The schedule that was read.</param>
/// <param name="Scenario">The scenario of the schedule.</param>
internal sealed record ScheduleInput(CommandContext Context, Schedule Schedule, Scenario Scenario)
{
    /// <summary>Reads a schedule and finds its scenario.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="path">The path of the schedule file.</param>
    /// <param name="assembly">The assembly or project with the scenario; null for the one that the schedule names.</param>
    /// <exception cref="InputException">
    /// The file cannot be read, is malformed, or names a scenario or strategy that this build does not have. Or the
    /// assembly is not found, cannot be built or loaded, or a mutant of it cannot be seeded.
    /// </exception>
    /// <exception cref="MutantNeededException">
    /// The schedule was recorded with a mutant, this run has none, and the context can seed it.
    /// </exception>
    public static ScheduleInput Read(CommandContext context, string path, string? assembly)
    {
        Schedule schedule = ScheduleArgument.Read(path);
        if (assembly is not null || schedule.Header.Assembly is not null)
        {
            context = MutantHost.WithMutantOf(context, schedule.Header);
        }

        if (assembly is null && schedule.Header.Assembly is not null)
        {
            assembly = AssemblyLookup.Find(path, schedule.Header);
            context.Error.Writer.WriteLine($"raft: note: the schedule names the assembly {Format.OneLine(assembly)}; this run uses it");
        }

        context = AssemblyOption.Apply(context, assembly);
        schedule = schedule with { Header = schedule.Header with { Assembly = context.FollowUp.Assembly } };
        Scenario scenario = ScheduleArgument.ScenarioOf(context, path, schedule);
        if (context.NeedsMutant is not null && schedule.Header.Mutant is { } mutant && BuildFingerprint.MutantOf(scenario.Assembly) is null)
        {
            throw new MutantNeededException(mutant, schedule.Header.MutantFolder);
        }

        return new ScheduleInput(context, schedule, scenario);
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
    /// Returns the reason why a replay does not reproduce the schedule, with its violation if it has one; null when it
    /// does.
    /// </summary>
    /// <param name="outcome">The outcome of the replay.</param>
    public string? Difference(ReplayOutcome outcome) => ReplayDifference.Of(Schedule, outcome);
}
