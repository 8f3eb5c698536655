using Raft.Verified.Simulation;

namespace Raft.Verified.Cli.Output;

/// <summary>The descriptions of scenarios in lists and reports.</summary>
internal static class ScenarioText
{
    /// <summary>Returns the names of the clocks that a scenario runs with.</summary>
    /// <param name="scenario">The scenario to describe.</param>
    public static IEnumerable<string> Clocks(Scenario scenario)
    {
        if (scenario.Clocks.HasFlag(Exploration.Runtime.Clocks.Timed))
        {
            yield return Clock(timed: true);
        }

        if (scenario.Clocks.HasFlag(Exploration.Runtime.Clocks.Untimed))
        {
            yield return Clock(timed: false);
        }
    }

    /// <summary>Returns <c>timed</c>, <c>untimed</c>, or <c>both</c>.</summary>
    /// <param name="scenario">The scenario to describe.</param>
    public static string ClocksInAWord(Scenario scenario) =>
        scenario.Clocks == Exploration.Runtime.Clocks.Both ? "both" : string.Join(", ", Clocks(scenario));

    /// <summary>Returns the name of a clock.</summary>
    /// <param name="timed">True for the clock with virtual time, false for the untimed one.</param>
    public static string Clock(bool timed) => timed ? "timed" : "untimed";
}
