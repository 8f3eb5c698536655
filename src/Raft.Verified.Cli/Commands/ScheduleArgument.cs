using Raft.Verified.Cli.Assemblies;
using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Simulation;
using Raft.Verified.Testing.Replays;

namespace Raft.Verified.Cli.Commands;

/// <summary>A reader for the schedule file that a command line names.</summary>
internal static class ScheduleArgument
{
    /// <summary>Reads the schedule and finds its scenario.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="path">The path of the schedule file.</param>
    /// <exception cref="InputException">The file cannot be read, or names an unknown scenario or strategy.</exception>
    public static (Schedule Schedule, Scenario Scenario) Read(CommandContext context, string path)
    {
        Schedule schedule = Read(path);
        return (schedule, ScenarioOf(context, path, schedule));
    }

    /// <summary>Finds the scenario of a schedule.</summary>
    /// <param name="context">The context of the command.</param>
    /// <param name="path">The path of the schedule file.</param>
    /// <param name="schedule">The schedule in the file.</param>
    /// <exception cref="InputException">There is no such scenario.</exception>
    public static Scenario ScenarioOf(CommandContext context, string path, Schedule schedule)
    {
        ScheduleHeader header = schedule.Header;
        return ScenarioSelection.Find(context, header.Scenario) is { } scenario ? scenario
            : header.Assembly is { } assembly && context.Assembly is null
                ? throw new InputException($"{path}, line 1: the scenario '{Format.OneLine(header.Scenario)}' belongs to the assembly '{Format.OneLine(assembly)}'; '{AssemblyOption.Name} FILE' names it")
            : throw new InputException($"{path}, line 1: {ScenarioSelection.Missing(header.Scenario, context)}");
    }

    /// <summary>Reads the schedule.</summary>
    /// <param name="path">The path of the schedule file.</param>
    /// <exception cref="InputException">The file cannot be read, or names an unknown strategy.</exception>
    public static Schedule Read(string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException("the schedule's path is empty; expected a schedule file");
        }

        try
        {
            return StoredSchedule.Read(path).Schedule;
        }
        catch (ScheduleFormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
