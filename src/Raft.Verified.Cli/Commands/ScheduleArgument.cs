using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Paths;

namespace Raft.Verified.Cli.Commands;

/// <summary>A schedule that the user names by its file.</summary>
internal static class ScheduleArgument
{
    /// <summary>Reads the schedule and finds its scenario.</summary>
    /// <exception cref="InputException">The file cannot be read, or it names a scenario or a strategy that is not known.</exception>
    public static (Schedule Schedule, Scenario Scenario) Read(CommandContext context, string path)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InputException("the schedule's path is empty; expected a schedule file");
        }

        try
        {
            Schedule schedule = ScheduleFile.Read(path);
            CheckStrategy(path, schedule.Header.Strategy);
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

    // The mix of all strategies is one for 'raft test'; each of its schedules was made by one of the others.
    private static void CheckStrategy(string path, string strategy)
    {
        string[] known = [.. Portfolio.Names.Where(name => name != Portfolio.Name), PathRunner.StrategyName];
        if (!known.Contains(strategy))
        {
            throw new InputException($"{path}, line 1: unknown strategy '{strategy}'; expected one of {string.Join(", ", known)}");
        }
    }
}
