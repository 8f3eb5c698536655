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
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException("the schedule's path is empty; expected a schedule file");
        }

        try
        {
            Schedule schedule = StoredSchedule.Read(path).Schedule;
            string name = schedule.Header.Scenario;
            Scenario scenario = ScenarioSelection.Find(context, name)
                ?? throw new InputException($"{path}, line 1: {ScenarioSelection.Missing(name, context)}");
            return (schedule, scenario);
        }
        catch (ScheduleFormatException exception)
        {
            throw new InputException(exception.Message);
        }
    }
}
