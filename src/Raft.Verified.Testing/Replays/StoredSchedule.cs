using Raft.Verified.Exploration.Schedules;
using Raft.Verified.Exploration.Strategies;
using Raft.Verified.Simulation;
using Raft.Verified.Simulation.Paths;

namespace Raft.Verified.Testing.Replays;

/// <summary>A schedule that was read from a file.</summary>
/// <param name="File">The path of the file.</param>
/// <param name="Schedule">The schedule.</param>
internal sealed record StoredSchedule(string File, Schedule Schedule)
{
    /// <summary>Reads a schedule of any scenario.</summary>
    /// <param name="file">The path of the file.</param>
    /// <exception cref="ScheduleFormatException">
    /// The file cannot be read, is malformed, or names an unknown strategy.
    /// </exception>
    public static StoredSchedule Read(string file)
    {
        Schedule schedule = ScheduleFile.Read(file);

        // The portfolio is a mix. Each of its schedules is made by, and names, one of the other strategies.
        string[] known = [.. Portfolio.Names.Where(name => name != Portfolio.Name), PathRunner.StrategyName];
        return known.Contains(schedule.Header.Strategy)
            ? new StoredSchedule(file, schedule)
            : throw new ScheduleFormatException($"{file}, line 1: unknown strategy '{schedule.Header.Strategy}'; expected one of {string.Join(", ", known)}");
    }

    /// <summary>Reads a schedule of a scenario.</summary>
    /// <param name="file">The path of the file.</param>
    /// <param name="scenario">The scenario that the schedule must name.</param>
    /// <exception cref="ScheduleFormatException">
    /// The file cannot be read, is malformed, or names an unknown strategy.
    /// </exception>
    /// <exception cref="ArgumentException">The schedule belongs to another scenario.</exception>
    public static StoredSchedule Read(string file, Scenario scenario)
    {
        StoredSchedule kept = Read(file);
        return kept.IsOf(scenario)
            ? kept
            : throw new ArgumentException($"{file}, line 1: the schedule belongs to scenario '{kept.Schedule.Header.Scenario}'; expected '{scenario.Name}'", nameof(scenario));
    }

    /// <summary>Returns true when the schedule names a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    public bool IsOf(Scenario scenario) => Schedule.Header.Scenario == scenario.Name;
}
